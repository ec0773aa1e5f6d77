package org.homeward.kit.events;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.homeward.contracts.Topic;
import org.jboss.logging.Logger;

/** Creates the topics that are not there. What is there is left as it is. */
final class TopicBootstrap {

    private static final Logger LOG = Logger.getLogger(TopicBootstrap.class);
    private static final Duration DEAD_LETTER_RETENTION = Duration.ofDays(14);
    private static final Duration LONGEST_SEGMENT = Duration.ofDays(1);

    private final Admin admin;
    private final KafkaConfig.Topics config;

    TopicBootstrap(Admin admin, KafkaConfig.Topics config) {
        this.admin = admin;
        this.config = config;
    }

    /** The topics of the contracts. */
    void ensureTopics() throws InterruptedException, ExecutionException, TimeoutException {
        List<NewTopic> topics = Stream.of(Topic.values())
                .map(topic -> topic(topic.topicName(), config.partitions(), settings(topic)))
                .toList();
        ensure(topics);
        checkCoPartitioning();
    }

    /** The dead-letter topics of a consumer. One partition: what comes here is rare, and read in order. */
    void ensureDeadLetters(String consumer, Collection<Topic> topics)
            throws InterruptedException, ExecutionException, TimeoutException {
        ensure(topics.stream()
                .map(topic -> topic(topic.deadLetters(consumer), 1, retention(DEAD_LETTER_RETENTION)))
                .toList());
    }

    private void ensure(List<NewTopic> topics) throws InterruptedException, ExecutionException, TimeoutException {
        if (!config.create()) {
            return;
        }
        Set<String> present = admin.listTopics().names().get(10, TimeUnit.SECONDS);
        List<NewTopic> missing =
                topics.stream().filter(topic -> !present.contains(topic.name())).toList();
        for (var created : admin.createTopics(missing).values().entrySet()) {
            try {
                created.getValue().get(30, TimeUnit.SECONDS);
                LOG.debugf("created topic %s", created.getKey());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
                // another service was quicker
                LOG.debugf("topic %s is there", created.getKey());
            }
        }
    }

    private void checkCoPartitioning() throws InterruptedException, ExecutionException, TimeoutException {
        Map<String, TopicDescription> found = admin.describeTopics(
                        List.of(Topic.SESSION_EVENTS.topicName(), Topic.DEVICE_ORDERS.topicName()))
                .allTopicNames()
                .get(10, TimeUnit.SECONDS);
        long counts = found.values().stream()
                .map(topic -> topic.partitions().size())
                .distinct()
                .count();
        if (counts != 1) {
            LOG.errorf(
                    "%s and %s have different numbers of partitions: a device's sessions and orders will be read by different instances. Give both the same number.",
                    Topic.SESSION_EVENTS.topicName(), Topic.DEVICE_ORDERS.topicName());
        }
    }

    private NewTopic topic(String name, int partitions, Map<String, String> settings) {
        return new NewTopic(name, Optional.of(partitions), Optional.of(config.replicationFactor())).configs(settings);
    }

    private static Map<String, String> settings(Topic topic) {
        return topic.isCompacted()
                ? Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_COMPACT,
                        TopicConfig.SEGMENT_MS_CONFIG,
                        millis(LONGEST_SEGMENT),
                        // readers take the whole topic into memory at start: keep it near its live size
                        TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG,
                        "0.2")
                : retention(topic.retention());
    }

    private static Map<String, String> retention(Duration retention) {
        Map<String, String> settings = new HashMap<>();
        settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
        settings.put(TopicConfig.RETENTION_MS_CONFIG, millis(retention));
        // only closed segments are deleted
        Duration segment = retention.compareTo(LONGEST_SEGMENT) < 0 ? retention : LONGEST_SEGMENT;
        settings.put(TopicConfig.SEGMENT_MS_CONFIG, millis(segment));
        return settings;
    }

    private static String millis(Duration duration) {
        return String.valueOf(duration.toMillis());
    }
}

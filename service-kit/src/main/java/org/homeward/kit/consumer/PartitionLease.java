package org.homeward.kit.consumer;

import static org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation.LEAVE_GROUP;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.homeward.contracts.Topic;
import org.homeward.kit.events.KafkaConfig;
import org.jboss.logging.Logger;

/**
 * Agrees with the other instances of a service on who owns which partition of a topic: a member of a consumer group that
 * never reads. The instance's id makes it the same member after a restart, so that one that was killed has its
 * partitions back at once; a second instance with the same id takes them from the first, which then owns nothing.
 */
final class PartitionLease implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(PartitionLease.class);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

    private final Topic topic;
    private final String instance;
    private final KafkaConsumer<byte[], byte[]> kafka;
    private final Consumer<SortedSet<Integer>> owner;
    private final Thread thread;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final SortedSet<Integer> owned = new TreeSet<>();

    /** @param owner is told what is owned, after every poll, on the lease's own thread */
    PartitionLease(KafkaConfig config, Topic topic, String group, String instance, Consumer<SortedSet<Integer>> owner) {
        this.topic = topic;
        this.instance = instance;
        this.kafka = new KafkaConsumer<>(settings(config, group, instance));
        this.owner = owner;
        this.thread = Thread.ofPlatform().name(group + "-lease").daemon().unstarted(this::run);
    }

    PartitionLease start() {
        thread.start();
        return this;
    }

    private void run() {
        try {
            kafka.subscribe(List.of(topic.topicName()), new Listener());
            while (stop.getCount() > 0) {
                try {
                    kafka.poll(POLL);
                    owner.accept(new TreeSet<>(owned));
                } catch (FencedInstanceIdException e) {
                    LOG.errorf(
                            "another instance runs under the id %s: this one owns no partition of %s any more",
                            instance, topic.topicName());
                    owned.clear();
                    owner.accept(new TreeSet<>());
                    return;
                } catch (WakeupException e) {
                    LOG.debug("told to stop");
                } catch (KafkaException e) {
                    LOG.warnf(e, "the lease on %s stumbled and goes on", topic.topicName());
                    if (stop.await(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                        return;
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            // a member with an id stays one after it is closed, unless it says that it leaves
            kafka.close(CloseOptions.timeout(STOP_WITHIN).withGroupMembershipOperation(LEAVE_GROUP));
        }
    }

    private final class Listener implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            // a lease, not a reader: nothing is fetched
            kafka.pause(partitions);
            partitions.forEach(partition -> owned.add(partition.partition()));
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            partitions.forEach(partition -> owned.remove(partition.partition()));
        }
    }

    private static Map<String, Object> settings(KafkaConfig config, String group, String instance) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        settings.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, instance);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, group + "-lease-" + instance);
        settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        // moves as few partitions as it can when instances come and go
        settings.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int)
                config.consumer().sessionTimeout().toMillis());
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, (int)
                config.consumer().sessionTimeout().dividedBy(4).toMillis());
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 10_000L);
        settings.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500L);
        settings.put("metadata.recovery.strategy", "none");
        settings.put(ConsumerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        return settings;
    }

    @Override
    public void close() {
        stop.countDown();
        kafka.wakeup();
        try {
            if (!thread.join(STOP_WITHIN)) {
                LOG.warnf("the lease on %s did not stop within %s", topic.topicName(), STOP_WITHIN);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

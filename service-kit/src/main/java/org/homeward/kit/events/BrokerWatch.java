package org.homeward.kit.events;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.PartitionInfo;
import org.homeward.contracts.Topic;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Knows whether the broker can be published to. Away at first, until the topics are there and the producer knows them;
 * away again when a record could not be delivered, until the cluster answers. While it is away a thread of its own asks
 * four times a second, so that no caller has to find out by waiting.
 */
final class BrokerWatch implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(BrokerWatch.class);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(250);
    private static final Duration BETWEEN_LOGS = Duration.ofSeconds(10);

    private final KafkaConfig config;
    private final Producer<String, byte[]> producer;
    private final AtomicBoolean watching = new AtomicBoolean();
    private final CompletableFuture<@Nullable Void> firstAvailable = new CompletableFuture<>();
    private final Set<Map.Entry<String, Set<Topic>>> deadLetters = ConcurrentHashMap.newKeySet();
    private volatile boolean available;
    private volatile boolean bootstrapped;
    private volatile boolean closed;
    private volatile @Nullable Thread thread;

    BrokerWatch(KafkaConfig config, Producer<String, byte[]> producer) {
        this.config = config;
        this.producer = producer;
    }

    boolean isAvailable() {
        return available;
    }

    /** Completes when the topics are there and records can be published, for the first time. */
    CompletionStage<@Nullable Void> firstAvailable() {
        return firstAvailable.minimalCompletionStage();
    }

    /** Begins to watch; also what to call when a record could not be delivered. */
    void unavailable() {
        available = false;
        if (!closed && watching.compareAndSet(false, true)) {
            thread = Thread.ofVirtual().name("kafka-watch").start(this::watch);
        }
    }

    /** Creates a consumer's dead-letter topics and waits for that. */
    void ensureDeadLetters(String consumer, Collection<Topic> topics)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (deadLetters.add(Map.entry(consumer, Set.copyOf(topics)))) {
            try (Admin admin = admin()) {
                new TopicBootstrap(admin, config.topics()).ensureDeadLetters(consumer, topics);
            }
        }
    }

    private void watch() {
        long since = System.nanoTime();
        long nextLog = since + Duration.ofSeconds(1).toNanos();
        try (Admin admin = admin()) {
            while (!closed && !cameBack(admin)) {
                if (System.nanoTime() >= nextLog) {
                    LOG.warnf(
                            "waiting for Kafka at %s, %d s so far",
                            config.bootstrapServers(),
                            Duration.ofNanos(System.nanoTime() - since).toSeconds());
                    nextLog = System.nanoTime() + BETWEEN_LOGS.toNanos();
                }
                Thread.sleep(BETWEEN_TRIES);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            watching.set(false);
        }
    }

    private boolean cameBack(Admin admin) throws InterruptedException {
        try {
            if (bootstrapped) {
                admin.describeCluster(new DescribeClusterOptions().timeoutMs(1_000))
                        .nodes()
                        .get(1, TimeUnit.SECONDS);
            } else {
                new TopicBootstrap(admin, config.topics()).ensureTopics();
            }
            if (!knowsLeaders()) {
                return false;
            }
            bootstrapped = true;
            available = true;
            firstAvailable.complete(null);
            LOG.infof("Kafka at %s is there", config.bootstrapServers());
            return true;
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            LOG.debugf(e, "Kafka at %s does not answer", config.bootstrapServers());
            return false;
        }
    }

    /** Without this the first publish to a topic would block its caller, or wait for a leader. */
    private boolean knowsLeaders() {
        for (Topic topic : Topic.values()) {
            for (PartitionInfo partition : producer.partitionsFor(topic.topicName())) {
                if (partition.leader() == null) {
                    LOG.debugf("%s has no leader for partition %d", topic.topicName(), partition.partition());
                    return false;
                }
            }
        }
        return true;
    }

    private Admin admin() {
        return Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                List.of(config.bootstrapServers().split(",")),
                AdminClientConfig.CLIENT_ID_CONFIG,
                "homeward-watch",
                AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                "250",
                AdminClientConfig.ENABLE_METRICS_PUSH_CONFIG,
                "false"));
    }

    @Override
    public void close() {
        closed = true;
        available = false;
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }
}

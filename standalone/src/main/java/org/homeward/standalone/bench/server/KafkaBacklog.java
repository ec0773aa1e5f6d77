package org.homeward.standalone.bench.server;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.homeward.contracts.Topic;

/** Events that a service of ours has not handled yet, asked of the broker. */
public final class KafkaBacklog implements Backlog, AutoCloseable {

    /** Who must have read what: the services' consumer groups. */
    private static final Map<String, Set<Topic>> READERS = Map.of(
            "provisioning",
                    Set.of(Topic.SESSION_EVENTS, Topic.DEVICE_ORDERS, Topic.WAKEUP_RESULTS, Topic.DEVICE_EVENTS),
            "registry", Set.of(Topic.SESSION_EVENTS, Topic.SESSION_TRANSCRIPTS, Topic.ORDER_EVENTS));

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
    private static final int QUIET_LOOKS = 2;

    private final Admin admin;

    /** @param bootstrapServers host and port of the broker */
    public KafkaBacklog(String bootstrapServers) {
        admin = Admin.create(Map.<String, Object>of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
    }

    /** Nothing left to handle, and nothing new between two looks. */
    @Override
    public void awaitEmpty() throws IOException, InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        Map<TopicPartition, Long> before = Map.of();
        int quiet = 0;
        while (quiet < QUIET_LOOKS) {
            Map<TopicPartition, Long> ends = ends();
            quiet = lag(ends) == 0 && ends.equals(before) ? quiet + 1 : 0;
            before = ends;
            if (System.nanoTime() - until > 0) {
                throw new IOException("events are left to handle after " + PATIENCE.toMinutes() + " min: " + lag(ends));
            }
            if (quiet < QUIET_LOOKS) {
                Thread.sleep(BETWEEN_LOOKS);
            }
        }
    }

    /** Events that are left to handle, over all readers. */
    public long lag() throws IOException, InterruptedException {
        return lag(ends());
    }

    private long lag(Map<TopicPartition, Long> ends) throws IOException, InterruptedException {
        long lag = 0;
        for (Map.Entry<String, Set<Topic>> reader : READERS.entrySet()) {
            Map<TopicPartition, OffsetAndMetadata> positions =
                    get(admin.listConsumerGroupOffsets(reader.getKey()).partitionsToOffsetAndMetadata());
            Set<String> topics =
                    reader.getValue().stream().map(Topic::topicName).collect(Collectors.toSet());
            for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
                if (topics.contains(end.getKey().topic())) {
                    OffsetAndMetadata position = positions.get(end.getKey());
                    lag += Math.max(0, end.getValue() - (position == null ? 0 : position.offset()));
                }
            }
        }
        return lag;
    }

    private Map<TopicPartition, Long> ends() throws IOException, InterruptedException {
        Set<String> topics = READERS.values().stream()
                .flatMap(Set::stream)
                .map(Topic::topicName)
                .collect(Collectors.toSet());
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        get(admin.describeTopics(topics).allTopicNames())
                .forEach((name, topic) -> topic.partitions()
                        .forEach(partition ->
                                wanted.put(new TopicPartition(name, partition.partition()), OffsetSpec.latest())));
        Map<TopicPartition, Long> ends = new HashMap<>();
        get(admin.listOffsets(wanted).all()).forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    private static <T> T get(org.apache.kafka.common.KafkaFuture<T> future) throws IOException, InterruptedException {
        try {
            return future.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the broker does not say how far its readers are: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }
}

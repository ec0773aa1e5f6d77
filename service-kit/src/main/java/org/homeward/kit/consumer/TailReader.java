package org.homeward.kit.consumer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.homeward.kit.events.CloudEvents;
import org.homeward.kit.events.KafkaConfig;
import org.homeward.kit.events.Reading;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Follows a topic, or one partition of it, without a group: what one process needs to see itself. It keeps its place in
 * memory, so that it misses nothing while the broker is away and sees everything again after a restart.
 */
public final class TailReader implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(TailReader.class);
    private static final Duration IDLE_POLL = Duration.ofMillis(500);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(250);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

    private final TailSpec spec;
    private final Consumer<String, byte[]> kafka;
    private final Thread thread;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CompletableFuture<@Nullable Void> caughtUp = new CompletableFuture<>();
    private Map<TopicPartition, Long> toCatchUp = Map.of();

    TailReader(TailSpec spec, KafkaConfig config) {
        this.spec = spec;
        this.kafka = new KafkaClients(config).reader(spec.name());
        this.thread = Thread.ofPlatform().name("tail-" + spec.name()).daemon().unstarted(this::run);
    }

    TailReader start() {
        thread.start();
        return this;
    }

    public String name() {
        return spec.name();
    }

    /**
     * Completes when everything that the topic held at the start was followed, or, for a reader from the end, when
     * nothing that is published from now on will be missed.
     */
    public CompletionStage<@Nullable Void> caughtUp() {
        return caughtUp.minimalCompletionStage();
    }

    public boolean isCaughtUp() {
        return caughtUp.isDone() && thread.isAlive();
    }

    private boolean isRunning() {
        return stop.getCount() > 0;
    }

    private void run() {
        try (kafka) {
            while (isRunning() && !isPlaced()) {
                await(BETWEEN_TRIES);
            }
            while (isRunning()) {
                try {
                    turn();
                } catch (WakeupException e) {
                    LOG.debugf("%s was woken", spec.name());
                } catch (KafkaException e) {
                    LOG.warnf(e, "%s stumbled and goes on", spec.name());
                    await(BETWEEN_TRIES);
                }
            }
        } catch (WakeupException | InterruptedException e) {
            LOG.debugf("%s stops", spec.name());
        }
    }

    private void await(Duration wait) throws InterruptedException {
        if (stop.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.debugf("%s was told to stop while it waited", spec.name());
        }
    }

    private boolean isPlaced() {
        try {
            List<TopicPartition> partitions = partitions();
            if (partitions.isEmpty()) {
                return false;
            }
            kafka.assign(partitions);
            Map<TopicPartition, Long> ends = kafka.endOffsets(partitions, PATIENCE);
            if (spec.fromBeginning()) {
                kafka.seekToBeginning(partitions);
                toCatchUp = new HashMap<>(ends);
                for (TopicPartition partition : partitions) {
                    // resolves the place now: what is empty is caught up with
                    noteProgress(partition, kafka.position(partition, PATIENCE));
                }
            } else {
                ends.forEach(kafka::seek);
            }
            checkCaughtUp();
            return true;
        } catch (WakeupException e) {
            throw e;
        } catch (KafkaException e) {
            LOG.debugf(e, "%s waits for Kafka", spec.name());
            return false;
        }
    }

    private List<TopicPartition> partitions() {
        String topic = spec.topic().topicName();
        return spec.partition().isPresent()
                ? List.of(new TopicPartition(topic, spec.partition().getAsInt()))
                : kafka.partitionsFor(topic, PATIENCE).stream()
                        .map(info -> new TopicPartition(topic, info.partition()))
                        .toList();
    }

    private void turn() {
        long began = System.nanoTime();
        ConsumerRecords<String, byte[]> records = kafka.poll(IDLE_POLL);
        if (records.isEmpty() && toCatchUp.isEmpty()) {
            return;
        }
        follow(records);
        if (!toCatchUp.isEmpty()) {
            // by position, not by record: what compaction took away has no record
            List.copyOf(toCatchUp.keySet())
                    .forEach(partition -> noteProgress(partition, kafka.position(partition, PATIENCE)));
            checkCaughtUp();
        } else {
            LockSupport.parkNanos(began + spec.pace().toNanos() - System.nanoTime());
        }
    }

    private void noteProgress(TopicPartition partition, long position) {
        if (position >= toCatchUp.getOrDefault(partition, 0L)) {
            toCatchUp.remove(partition);
        }
    }

    private void checkCaughtUp() {
        if (toCatchUp.isEmpty() && !caughtUp.isDone()) {
            LOG.debugf("%s has caught up", spec.name());
            caughtUp.complete(null);
        }
    }

    private void follow(ConsumerRecords<String, byte[]> records) {
        List<Delivery> deliveries = new ArrayList<>(records.count());
        for (ConsumerRecord<String, byte[]> each : records) {
            switch (CloudEvents.read(each)) {
                case Reading.Read read ->
                    deliveries.add(new Delivery.Arrived(spec.topic(), each.partition(), each.offset(), read.event()));
                case Reading.Withdrawn withdrawn ->
                    deliveries.add(
                            new Delivery.Withdrawn(spec.topic(), each.partition(), each.offset(), withdrawn.key()));
                case Reading.UnknownType unknown ->
                    LOG.debugf("%s skips an event of type %s", spec.name(), unknown.type());
                case Reading.Malformed malformed ->
                    LOG.warnf(
                            "%s skips %s-%d@%d, which is no event: %s",
                            spec.name(),
                            each.topic(),
                            each.partition(),
                            each.offset(),
                            malformed.cause().getMessage());
            }
        }
        if (deliveries.isEmpty()) {
            return;
        }
        try {
            spec.follower().follow(deliveries);
        } catch (RuntimeException e) {
            LOG.errorf(e, "%s lost %d events", spec.name(), deliveries.size());
        }
    }

    @Override
    public void close() {
        stop.countDown();
        kafka.wakeup();
        try {
            if (Thread.currentThread() != thread && !thread.join(STOP_WITHIN)) {
                LOG.warnf("%s did not stop within %s", spec.name(), STOP_WITHIN);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package org.homeward.kit.consumer;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.homeward.contracts.Topic;
import org.homeward.kit.events.BrokerUnavailable;
import org.homeward.kit.events.EventPublisher;
import org.homeward.kit.events.KafkaConfig;
import org.jboss.logging.Logger;

/**
 * One member of a consumer group on a thread of its own.
 *
 * <p>A poll's events go to the handler together. When it fails because something is down, the consumer stays in its
 * group, takes nothing more, and tries the same batch again until it succeeds. When it fails otherwise, halving finds the
 * event that fails alone; that one goes to the dead letters and the rest goes on. Places are noted after (or, with an
 * inbox, with) the effect.
 */
public final class BatchConsumer implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(BatchConsumer.class);
    private static final Duration IDLE_POLL = Duration.ofMillis(500);
    private static final Duration PAUSED_POLL = Duration.ofMillis(100);
    /** For what a reader is behind by: one answer of the broker, which is there by then. */
    private static final Duration TOP_UP_POLL = Duration.ofMillis(5);

    private static final Duration STOP_WITHIN = Duration.ofSeconds(10);
    private static final Duration STUCK_AFTER = Duration.ofSeconds(10);

    private final ConsumerSpec spec;
    private final KafkaConfig.Consumer config;
    private final Consumer<String, byte[]> kafka;
    private final EventPublisher publisher;
    private final DeadLetters deadLetters;
    private final ConsumerMetrics metrics;
    private final Places places;
    private final Commits commits;
    private final Pacing pacing;
    private final BackOff backOff;
    private final Thread thread;
    private final CountDownLatch stop = new CountDownLatch(1);

    private int rebalances;
    private volatile boolean flowing;
    private volatile long lastProgress = System.nanoTime();
    private volatile String waitingFor = "its partitions";

    BatchConsumer(ConsumerSpec spec, KafkaConfig config, EventPublisher publisher, ConsumerMetrics metrics) {
        this.spec = spec;
        this.config = config.consumer();
        this.kafka = new KafkaClients(config).member(spec.name());
        this.publisher = publisher;
        this.deadLetters = new DeadLetters(spec.name(), publisher);
        this.metrics = metrics;
        this.places = new Places(spec.name(), kafka, spec.inbox());
        this.commits = new Commits(spec.name(), kafka, places, metrics);
        this.pacing = new Pacing(this.config.pace(), spec.longestRest());
        this.backOff = new BackOff(this.config.maxBackOff());
        this.thread =
                Thread.ofPlatform().name("consumer-" + spec.name()).daemon().unstarted(this::run);
    }

    BatchConsumer start() {
        thread.start();
        return this;
    }

    public String name() {
        return spec.name();
    }

    /** Whether it is in its group, has its places, and was not stuck for longer than ten seconds. */
    public boolean isReady() {
        return thread.isAlive() && flowing && System.nanoTime() - lastProgress < STUCK_AFTER.toNanos();
    }

    /** What it waits for, for people; empty when for nothing but events. */
    public String waitingFor() {
        return waitingFor;
    }

    private boolean isRunning() {
        return stop.getCount() > 0;
    }

    private void run() {
        try (kafka) {
            prepare();
            kafka.subscribe(spec.topics().stream().map(Topic::topicName).toList(), new Rebalance());
            while (isRunning()) {
                try {
                    turn();
                } catch (KafkaException e) {
                    stumble(e);
                }
            }
            commits.now();
        } catch (WakeupException | InterruptedException e) {
            LOG.debugf("%s stops", spec.name());
        } catch (RuntimeException | Error e) {
            LOG.errorf(e, "%s ended, which it never should", spec.name());
            throw e;
        } finally {
            flowing = false;
        }
    }

    private void prepare() throws InterruptedException {
        while (isRunning()) {
            try {
                publisher.ensureDeadLetters(spec.name(), spec.topics());
                return;
            } catch (ExecutionException | TimeoutException | KafkaException e) {
                waitingFor = "Kafka";
                LOG.warnf("%s waits for Kafka to make its dead-letter topics: %s", spec.name(), e.getMessage());
                await(backOff.next());
            }
        }
    }

    private void turn() throws InterruptedException {
        long began = System.nanoTime();
        ConsumerRecords<String, byte[]> records = poll();
        if (!places.arePlaced()) {
            place();
        } else if (!records.isEmpty()) {
            work(records);
            pacing.rest(began, records.count());
        }
        if (flowing) {
            lastProgress = System.nanoTime();
        }
        commits.ifDue();
    }

    /** The client fetches one answer ahead, before a rest; what gathered since comes with the next. */
    private ConsumerRecords<String, byte[]> poll() {
        ConsumerRecords<String, byte[]> first = kafka.poll(IDLE_POLL);
        if (!pacing.isRested() || first.isEmpty() || !places.arePlaced()) {
            return first;
        }
        int seen = rebalances;
        ConsumerRecords<String, byte[]> more = kafka.poll(TOP_UP_POLL);
        if (seen != rebalances) {
            // what stays is read again from its places, with those that came between
            places.forget();
            return ConsumerRecords.empty();
        }
        return Polled.joined(first, more);
    }

    private void stumble(KafkaException e) throws InterruptedException {
        if (e instanceof WakeupException) {
            return;
        }
        LOG.warnf(e, "%s stumbled and goes on", spec.name());
        waitingFor = "Kafka: " + e.getMessage();
        await(backOff.next());
    }

    private void place() throws InterruptedException {
        try {
            Set<TopicPartition> placed = places.place();
            spec.listener().assigned(placed);
            backOff.reset();
            flowing = true;
            waitingFor = "";
            LOG.infof("%s reads %d partitions", spec.name(), placed.size());
        } catch (SQLException | KafkaException e) {
            if (e instanceof WakeupException wakeup) {
                throw wakeup;
            }
            holdOn("where it had come to", e);
        }
    }

    private void work(ConsumerRecords<String, byte[]> records) throws InterruptedException {
        Polled polled = Polled.read(spec.name(), records, places);
        if (polled.startsBefore(places)) {
            LOG.errorf("%s was sent back by Kafka; it looks up its places again", spec.name());
            places.forget();
            return;
        }
        int seen = rebalances;
        metrics.skipped().increment(polled.skipped());
        for (Map.Entry<ConsumerRecord<String, byte[]>, Exception> each :
                polled.unreadable().entrySet()) {
            while (isRunning() && seen == rebalances && !isBuried(each.getKey(), each.getValue())) {
                holdOn("Kafka to take a dead letter", each.getValue());
            }
        }
        metrics.batchSize().record(polled.batch().deliveries().size());
        Deque<Batch> todo = new ArrayDeque<>();
        todo.push(polled.batch());
        // after a rebalance others may own these partitions; those that stay are read again from their places
        while (!todo.isEmpty() && isRunning() && seen == rebalances) {
            attempt(todo, polled);
        }
        if (!todo.isEmpty() && isRunning() && places.arePlaced()) {
            places.forget();
        }
    }

    private void attempt(Deque<Batch> todo, Polled polled) throws InterruptedException {
        Batch next = todo.pop();
        try {
            handle(next);
            done(next);
        } catch (Exception e) {
            switch (FailureKind.of(e, spec.passing())) {
                case PASSING -> {
                    todo.push(next);
                    metrics.retried().increment();
                    holdOn("what its handler needs", e);
                }
                case STALE -> {
                    LOG.warnf("%s: %s; it goes on from there", spec.name(), e.getMessage());
                    todo.clear();
                    places.forget();
                }
                case EVENT -> putAside(next, e, todo, polled);
            }
        }
    }

    private void handle(Batch batch) throws Exception {
        if (batch.deliveries().isEmpty()) {
            skip(batch);
            return;
        }
        long began = System.nanoTime();
        spec.handler().handle(batch);
        metrics.handling().record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
        metrics.handled().increment(batch.deliveries().size());
    }

    private void putAside(Batch failed, Exception why, Deque<Batch> todo, Polled polled) throws InterruptedException {
        if (failed.deliveries().size() > 1) {
            failed.halves().reversed().forEach(todo::push);
            return;
        }
        if (failed.deliveries().isEmpty()) {
            todo.push(failed);
            holdOn("its inbox", why);
            return;
        }
        Delivery delivery = failed.deliveries().getFirst();
        if (!isBuried(polled.recordOf(delivery), why)) {
            todo.push(failed);
            holdOn("Kafka to take a dead letter", why);
            return;
        }
        // passes it without an effect
        todo.push(new Batch(failed.consumer(), List.of(), failed.spans()));
    }

    private boolean isBuried(ConsumerRecord<String, byte[]> dead, Exception why) throws InterruptedException {
        try {
            deadLetters.bury(Polled.topic(dead.topic()), dead, why);
            metrics.deadLettered().increment();
            LOG.errorf(
                    why,
                    "%s could not handle %s-%d@%d of %s; it is in the dead letters",
                    spec.name(),
                    dead.topic(),
                    dead.partition(),
                    dead.offset(),
                    dead.key());
            return true;
        } catch (BrokerUnavailable e) {
            LOG.debugf(e, "%s: a dead letter is not acknowledged yet", spec.name());
            return false;
        }
    }

    private void skip(Batch batch) throws SQLException {
        Inbox inbox = spec.inbox();
        if (inbox != null) {
            inbox.skip(batch);
        }
    }

    private void done(Batch batch) {
        places.passed(batch);
        backOff.reset();
        waitingFor = "";
        lastProgress = System.nanoTime();
    }

    /** Waits a while and stays in the group, without taking records. */
    private void holdOn(String what, Exception why) throws InterruptedException {
        Duration wait = backOff.next();
        waitingFor = what + ": " + why.getMessage();
        LOG.warnf("%s waits %d ms for %s: %s", spec.name(), wait.toMillis(), what, why);
        long until = System.nanoTime() + wait.toNanos();
        kafka.pause(kafka.assignment());
        while (isRunning() && System.nanoTime() < until) {
            kafka.poll(PAUSED_POLL);
        }
        if (places.arePlaced()) {
            kafka.resume(kafka.assignment());
        }
    }

    private void await(Duration wait) throws InterruptedException {
        if (stop.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.debugf("%s was told to stop while it waited", spec.name());
        }
    }

    /** Stops after the batch at hand, notes its places, leaves the group. */
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

    private final class Rebalance implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            commits.now();
            onPartitionsLost(partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            rebalances++;
            places.revoked(partitions);
            if (!partitions.isEmpty()) {
                spec.listener().revoked(Set.copyOf(partitions));
            }
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            rebalances++;
            places.assigned(partitions);
            flowing = true;
        }
    }
}

package org.homeward.kit.outbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.Event;
import org.homeward.contracts.Topic;
import org.homeward.kit.events.BrokerUnavailable;
import org.homeward.kit.events.EventPublisher;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The outbox of one service database, and the relay that empties it.
 *
 * <p>Events of one key are published in the order in which they were appended. The relay is woken by {@link #wake()},
 * which happens by itself when a JTA transaction that appended commits; it looks once a second for rows that a crash
 * left. Several instances may run one each over the same database: a lock there lets one publish at a time. An event that
 * Kafka refuses for a fault of its own, such as its size, goes to the table {@code outbox_dead} and holds up no other.
 */
public final class Outbox implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Outbox.class);
    private static final int AT_ONCE = 500;
    private static final Duration LOOK_AFTER = Duration.ofSeconds(1);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

    private final String name;
    private final DataSource database;
    private final EventPublisher publisher;
    private final @Nullable TransactionSynchronizationRegistry transactions;
    private final Counter relayed;
    private final Counter buried;
    private final Semaphore bell = new Semaphore(0);
    private final Thread relay;
    private volatile boolean closed;
    private boolean wasFailing;

    /** @param transactions null where no JTA transactions are used; then callers {@link #wake()} after each commit */
    public Outbox(
            String name,
            DataSource database,
            EventPublisher publisher,
            MeterRegistry meters,
            @Nullable TransactionSynchronizationRegistry transactions) {
        this.name = name;
        this.database = database;
        this.publisher = publisher;
        this.transactions = transactions;
        this.relayed = Counter.builder("homeward.outbox.relayed")
                .description("Events published from the outbox")
                .tag("outbox", name)
                .register(meters);
        this.buried = Counter.builder("homeward.outbox.dead")
                .description("Events of the outbox that Kafka will never take")
                .tag("outbox", name)
                .register(meters);
        this.relay = Thread.ofVirtual().name("outbox-" + name).unstarted(this::run);
    }

    /** Starts the relay. */
    public Outbox start() {
        relay.start();
        return this;
    }

    /** Writes an event in the caller's transaction. */
    public void append(Connection connection, Topic topic, Event<?> event) throws SQLException {
        append(connection, List.of(new Outgoing(topic, event)));
    }

    /** Writes events in the caller's transaction, by one statement. */
    public void append(Connection connection, List<Outgoing> events) throws SQLException {
        if (events.isEmpty()) {
            return;
        }
        OutboxRows.insert(connection, events);
        wakeAfterCommit();
    }

    /** Writes in the caller's transaction that what a compacted topic holds of a device is withdrawn. */
    public void withdraw(Connection connection, Topic topic, DeviceKey key) throws SQLException {
        OutboxRows.withdraw(connection, topic, key);
        wakeAfterCommit();
    }

    /** Publishes now what is committed. Cheap; to be called after the commit. */
    public void wake() {
        bell.release();
    }

    private void wakeAfterCommit() {
        if (transactions == null
                || transactions.getTransactionStatus() != Status.STATUS_ACTIVE
                || transactions.getResource(this) != null) {
            return;
        }
        transactions.putResource(this, Boolean.TRUE);
        transactions.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {
                // only what became of it matters
            }

            @Override
            public void afterCompletion(int status) {
                if (status == Status.STATUS_COMMITTED) {
                    wake();
                }
            }
        });
    }

    private void run() {
        try {
            while (!closed) {
                if (bell.tryAcquire(LOOK_AFTER.toMillis(), TimeUnit.MILLISECONDS)) {
                    bell.drainPermits();
                }
                empty();
            }
        } catch (InterruptedException e) {
            LOG.debugf("outbox %s stops", name);
        }
    }

    private void empty() throws InterruptedException {
        try {
            int published = AT_ONCE;
            while (!closed && published == AT_ONCE && publisher.isAvailable()) {
                published = round();
            }
            if (wasFailing) {
                LOG.infof("outbox %s goes on", name);
                wasFailing = false;
            }
        } catch (SQLException | RuntimeException e) {
            // a relay that ends would be missed by nobody until much is waiting
            if (!wasFailing) {
                LOG.warnf(e, "outbox %s waits: %s", name, e.getMessage());
                wasFailing = true;
            }
        }
    }

    /** What became of a round's rows; of the others nothing did. */
    private record Outcome(List<Long> sent, List<OutboxRows.Dead> dead) {}

    /** Publishes the oldest rows and removes those that Kafka has or will never take; returns how many it removed. */
    private int round() throws SQLException, InterruptedException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                OutboxRows.lock(connection);
                List<OutboxRows.Row> rows = OutboxRows.oldest(connection, AT_ONCE);
                Outcome outcome = publish(rows);
                if (!outcome.sent.isEmpty()) {
                    OutboxRows.delete(connection, outcome.sent);
                }
                if (!outcome.dead.isEmpty()) {
                    OutboxRows.bury(connection, outcome.dead);
                }
                connection.commit();
                relayed.increment(outcome.sent.size());
                outcome.dead.forEach(this::mourn);
                return outcome.sent.size() + outcome.dead.size();
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    private Outcome publish(List<OutboxRows.Row> rows) {
        List<CompletableFuture<@Nullable Void>> sends = new ArrayList<>(rows.size());
        for (OutboxRows.Row row : rows) {
            sends.add(publisher.publish(row.kafkaRecord()).toCompletableFuture());
        }
        Outcome outcome = new Outcome(new ArrayList<>(rows.size()), new ArrayList<>());
        Set<String> halted = new HashSet<>();
        for (int i = 0; i < rows.size(); i++) {
            OutboxRows.Row row = rows.get(i);
            Throwable failure = failure(sends.get(i));
            if (failure instanceof BrokerUnavailable) {
                LOG.debugf("outbox %s: row %d stays: %s", name, row.id(), failure);
                halted.add(row.kafkaRecord().key());
            } else if (failure != null) {
                outcome.dead.add(new OutboxRows.Dead(row, failure.toString()));
            } else if (!halted.contains(row.kafkaRecord().key())) {
                // what follows one that stays, of the same key, is said again after it
                outcome.sent.add(row.id());
            }
        }
        return outcome;
    }

    /** Lets go of the events in {@code outbox_dead} that were put there before. Safe to run on several instances. */
    void forgetDead(Instant before) throws SQLException {
        try (Connection connection = database.getConnection()) {
            int forgotten = OutboxRows.forgetDead(connection, before);
            if (forgotten > 0) {
                LOG.infof("outbox %s let go of %d events that Kafka would never take", name, forgotten);
            }
        }
    }

    String name() {
        return name;
    }

    private static @Nullable Throwable failure(CompletableFuture<@Nullable Void> send) {
        try {
            send.join();
            return null;
        } catch (CompletionException e) {
            return e.getCause() == null ? e : e.getCause();
        }
    }

    private void mourn(OutboxRows.Dead dead) {
        buried.increment();
        LOG.errorf(
                "outbox %s: Kafka will never take %s of %s, now row %d of outbox_dead: %s",
                name,
                dead.row().eventType(),
                dead.row().kafkaRecord().key(),
                dead.row().id(),
                dead.reason());
    }

    /** Stops the relay; what is left is published by the next start. */
    @Override
    public void close() {
        closed = true;
        wake();
        try {
            if (relay.isAlive() && !relay.join(STOP_WITHIN)) {
                relay.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

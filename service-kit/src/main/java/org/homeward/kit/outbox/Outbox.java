package org.homeward.kit.outbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
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
 * left. Several instances may run one each over the same database: a lock there lets one publish at a time.
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
        } catch (SQLException e) {
            if (!wasFailing) {
                LOG.warnf("outbox %s waits for its database: %s", name, e.getMessage());
                wasFailing = true;
            }
        }
    }

    /** Publishes the oldest rows and deletes those that Kafka has; returns how many it deleted. */
    private int round() throws SQLException, InterruptedException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                OutboxRows.lock(connection);
                List<OutboxRows.Row> rows = OutboxRows.oldest(connection, AT_ONCE);
                List<Long> sent = rows.isEmpty() ? List.of() : publish(rows);
                if (!sent.isEmpty()) {
                    OutboxRows.delete(connection, sent);
                }
                connection.commit();
                relayed.increment(sent.size());
                return sent.size();
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    private List<Long> publish(List<OutboxRows.Row> rows) {
        List<CompletableFuture<@Nullable Void>> sends = new ArrayList<>(rows.size());
        for (OutboxRows.Row row : rows) {
            sends.add(publisher.publish(row.kafkaRecord()).toCompletableFuture());
        }
        List<Long> sent = new ArrayList<>(rows.size());
        Set<String> halted = new HashSet<>();
        for (int i = 0; i < rows.size(); i++) {
            OutboxRows.Row row = rows.get(i);
            boolean arrived = hasArrived(sends.get(i), row);
            // what follows a lost one of the same key is said again after it
            if (!arrived) {
                halted.add(row.kafkaRecord().key());
            } else if (!halted.contains(row.kafkaRecord().key())) {
                sent.add(row.id());
            }
        }
        return sent;
    }

    private boolean hasArrived(CompletableFuture<@Nullable Void> send, OutboxRows.Row row) {
        try {
            send.join();
            return true;
        } catch (CompletionException e) {
            boolean away = e.getCause() instanceof BrokerUnavailable;
            LOG.logf(
                    away ? Logger.Level.DEBUG : Logger.Level.ERROR,
                    "outbox %s: row %d stays, Kafka did not take it: %s",
                    name,
                    row.id(),
                    e.getCause());
            return false;
        }
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

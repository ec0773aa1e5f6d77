package org.homeward.provisioning.plan.events;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.homeward.kit.consumer.Batch;
import org.homeward.kit.consumer.Inbox;
import org.homeward.kit.outbox.Outbox;
import org.homeward.provisioning.plan.Effect;
import org.homeward.provisioning.plan.store.LedgerRows;
import org.homeward.provisioning.selfcare.store.PersonalRows;
import org.jspecify.annotations.Nullable;

/** Writes all that a poll's decisions must not lose, and that the poll is handled, in one transaction. */
record PollTransaction(DataSource database, LedgerRows rows, Inbox inbox, Outbox outbox) {

    /** @param batch null when no events but timers were decided on */
    void commit(Effects effects, @Nullable Batch batch) throws SQLException {
        boolean durable = effects.isWorthATransaction();
        if (!durable && batch == null) {
            return;
        }
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                if (durable) {
                    rows.save(connection, effects.ledgers);
                    effects.orders.write(connection);
                    for (Effect.Declined each : effects.declined) {
                        new PersonalRows(connection).decline(each.order(), each.why(), effects.now);
                    }
                    outbox.append(connection, effects.outgoing);
                }
                if (batch != null && durable) {
                    inbox.advance(connection, batch);
                } else if (batch != null) {
                    inbox.advanceLazily(connection, batch);
                }
                connection.commit();
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }
}

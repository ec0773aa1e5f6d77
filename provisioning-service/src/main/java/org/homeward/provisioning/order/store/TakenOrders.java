package org.homeward.provisioning.order.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import javax.sql.DataSource;
import org.homeward.contracts.OrderId;

/**
 * Tells orders that the brain took long ago, and no longer remembers in their device's ledger, from new ones: a command
 * that an outbox says again after a crash must not be carried out again.
 */
public final class TakenOrders {

    /** An order that waits in this state for another attempt stands in its device's ledger. */
    private static final String TAKEN = "select id from device_order where id = any(?) and state <> 'queued'";

    private final DataSource database;

    public TakenOrders(DataSource database) {
        this.database = database;
    }

    /** Which of these orders, that no ledger knows, were taken before. */
    public Set<OrderId> among(Collection<OrderId> orders) throws SQLException {
        if (orders.isEmpty()) {
            return Set.of();
        }
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(TAKEN)) {
            select.setArray(
                    1,
                    connection.createArrayOf(
                            "text", orders.stream().map(OrderId::value).toArray()));
            Set<OrderId> taken = new HashSet<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    taken.add(new OrderId(rows.getString("id")));
                }
            }
            return taken;
        }
    }
}

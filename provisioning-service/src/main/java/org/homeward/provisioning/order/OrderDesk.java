package org.homeward.provisioning.order;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.OrderId;
import org.homeward.contracts.Topic;
import org.homeward.contracts.order.OrderCommand.CancelOrder;
import org.homeward.contracts.order.OrderCommand.SubmitOrder;
import org.homeward.contracts.order.OrderTask;
import org.homeward.kit.rest.IdempotencyKeys;
import org.homeward.kit.rest.IdempotencyKeys.Answer;
import org.homeward.kit.rest.IdempotencyKeys.Claim;
import org.homeward.provisioning.order.store.OrderRepository;
import org.homeward.provisioning.order.store.OrderRow;
import org.homeward.provisioning.plan.events.ProvisioningOutbox;
import org.homeward.provisioning.plan.store.LedgerRows;
import org.jspecify.annotations.Nullable;

/**
 * Takes orders in: a row to see them by, and a command to the brain, in one transaction. What becomes of an order is the
 * brain's to say.
 */
@ApplicationScoped
public class OrderDesk {

    private final OrderRepository orders;
    private final LedgerRows ledgers;
    private final ProvisioningOutbox voice;
    private final AgroalDataSource database;

    public OrderDesk(
            OrderRepository orders,
            LedgerRows ledgers,
            ProvisioningOutbox voice,
            @DataSource("provisioning") AgroalDataSource database) {
        this.orders = orders;
        this.ledgers = ledgers;
        this.voice = voice;
        this.database = database;
    }

    /**
     * What somebody wants.
     *
     * @param idempotencyKey null for none
     * @param text the request word by word, against which a repeated key is held
     */
    public record Wish(
            OrderId order,
            DeviceKey device,
            OrderTask task,
            String by,
            Duration expiresIn,
            boolean wake,
            @Nullable String idempotencyKey,
            String text) {}

    public boolean knows(DeviceKey device) throws SQLException {
        return ledgers.exists(device);
    }

    /** Places an order; returns its id, or that of the order that the same request placed before. */
    @Transactional
    public OrderId place(Wish wish) throws SQLException {
        try (Connection connection = database.getConnection()) {
            if (wish.idempotencyKey() == null) {
                submit(connection, wish);
                return wish.order();
            }
            String scope = wish.device() + " orders by " + wish.by();
            return switch (IdempotencyKeys.claim(connection, scope, wish.idempotencyKey(), wish.text())) {
                case Claim.Again again -> new OrderId(again.answer().body());
                case Claim.First first -> {
                    submit(connection, wish);
                    IdempotencyKeys.answer(
                            connection,
                            first,
                            new Answer(202, null, wish.order().value()));
                    yield wish.order();
                }
            };
        }
    }

    private void submit(Connection connection, Wish wish) throws SQLException {
        Instant now = voice.clock().instant().truncatedTo(ChronoUnit.MILLIS);
        SubmitOrder command =
                new SubmitOrder(wish.order(), wish.task(), wish.by(), now, now.plus(wish.expiresIn()), wish.wake());
        orders.persist(new OrderRow(wish.device(), command));
        voice.outbox().append(connection, Topic.DEVICE_ORDERS, voice.events().event(wish.device(), command));
    }

    /** Asks the brain to withdraw an order. */
    @Transactional
    public void cancel(DeviceKey device, OrderId order, String by) throws SQLException {
        try (Connection connection = database.getConnection()) {
            voice.outbox()
                    .append(connection, Topic.DEVICE_ORDERS, voice.events().event(device, new CancelOrder(order, by)));
        }
    }
}

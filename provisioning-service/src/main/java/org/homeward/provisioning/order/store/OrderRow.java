package org.homeward.provisioning.order.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.ColumnTransformer;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.order.OrderCommand.SubmitOrder;
import org.homeward.provisioning.order.OrderState;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/** An order's row as REST places and reads it. What becomes of the order is written by {@link OrderProgressRows}. */
@Entity
@Table(name = "device_order")
@NullUnmarked
public class OrderRow {

    @Id
    private String id;

    @Column(nullable = false)
    private String tenant;

    @Column(nullable = false)
    private String device;

    @Column(nullable = false)
    private String type;

    @Column(nullable = false)
    private String state;

    @Column(name = "created_by", nullable = false)
    private String createdBy;

    @Column(name = "created_at", nullable = false)
    private Instant createdAt;

    @Column(name = "expires_at", nullable = false)
    private Instant expiresAt;

    @Column(name = "finished_at")
    private Instant finishedAt;

    private String session;

    private String detail;

    @Column(insertable = false, updatable = false)
    @ColumnTransformer(read = "result::text")
    private String result;

    @Column(insertable = false, updatable = false)
    @ColumnTransformer(read = "fault::text")
    private String fault;

    @Column(insertable = false, updatable = false)
    @ColumnTransformer(read = "attempts::text")
    private String attempts;

    protected OrderRow() {
        // for Hibernate
    }

    /** The row of an order that is being placed. */
    public OrderRow(DeviceKey key, SubmitOrder order) {
        this.id = order.order().value();
        this.tenant = key.tenant().value();
        this.device = key.device().toString();
        this.type = order.task().type();
        this.state = OrderState.QUEUED.toString();
        this.createdBy = order.createdBy();
        this.createdAt = order.createdAt();
        this.expiresAt = order.expiresAt();
    }

    public String id() {
        return id;
    }

    public String tenant() {
        return tenant;
    }

    public String device() {
        return device;
    }

    public String type() {
        return type;
    }

    public OrderState state() {
        return OrderState.named(state)
                .orElseThrow(() -> new IllegalStateException("order " + id + " is in state " + state));
    }

    public String createdBy() {
        return createdBy;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Instant expiresAt() {
        return expiresAt;
    }

    public @Nullable Instant finishedAt() {
        return finishedAt;
    }

    public @Nullable String session() {
        return session;
    }

    public @Nullable String detail() {
        return detail;
    }

    /** JSON. */
    public @Nullable String result() {
        return result;
    }

    /** JSON. */
    public @Nullable String fault() {
        return fault;
    }

    /** JSON, a list. */
    public String attempts() {
        return attempts;
    }
}

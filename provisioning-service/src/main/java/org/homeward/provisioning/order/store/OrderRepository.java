package org.homeward.provisioning.order.store;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.homeward.contracts.DeviceId;
import org.homeward.contracts.OrderId;
import org.homeward.contracts.TenantId;
import org.homeward.provisioning.order.OrderState;
import org.jspecify.annotations.Nullable;

/** Orders as REST asks for them. */
@ApplicationScoped
public class OrderRepository implements PanacheRepositoryBase<OrderRow, String> {

    /**
     * Which orders.
     *
     * @param device null for those of all devices
     * @param state null for those in any state
     * @param before the last one of the page before; null for the first page
     */
    public record Filter(
            TenantId tenant,
            @Nullable DeviceId device,
            @Nullable OrderState state,
            @Nullable Place before) {}

    /** Where an order stands in a list, newest first. */
    public record Place(Instant createdAt, String id) {}

    /** An order of a tenant. */
    @Transactional
    public Optional<OrderRow> of(TenantId tenant, OrderId order) {
        return find("tenant = ?1 and id = ?2", tenant.value(), order.value()).firstResultOptional();
    }

    /** Orders, newest first. */
    @Transactional
    public List<OrderRow> list(Filter filter, int limit) {
        StringBuilder where = new StringBuilder("tenant = :tenant");
        Map<String, Object> parameters =
                new HashMap<>(Map.of("tenant", filter.tenant().value()));
        if (filter.device() != null) {
            where.append(" and device = :device");
            parameters.put("device", filter.device().toString());
        }
        if (filter.state() != null) {
            where.append(" and state = :state");
            parameters.put("state", filter.state().toString());
        }
        if (filter.before() != null) {
            where.append(" and (createdAt, id) < (:createdAt, :id)");
            parameters.put("createdAt", filter.before().createdAt());
            parameters.put("id", filter.before().id());
        }
        return find(where + " order by createdAt desc, id desc", parameters)
                .page(0, limit)
                .list();
    }
}

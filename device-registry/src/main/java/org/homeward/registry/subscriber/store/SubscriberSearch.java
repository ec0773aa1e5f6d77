package org.homeward.registry.subscriber.store;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.homeward.contracts.TenantId;
import org.homeward.kit.query.Condition;
import org.homeward.kit.query.Field;
import org.homeward.kit.query.Fields;
import org.homeward.kit.query.Sort;
import org.homeward.kit.rest.Page;
import org.homeward.registry.subscriber.Service;
import org.homeward.registry.subscriber.ServiceId;
import org.homeward.registry.subscriber.Subscriber;
import org.homeward.registry.subscriber.SubscriberId;
import org.jspecify.annotations.Nullable;

/** Finds subscribers and their services. */
@ApplicationScoped
public class SubscriberSearch {

    private static final Fields FIELDS = Fields.of(
            Field.text("id", "s.id"),
            Field.texts(
                    "services",
                    "array(select v.type from subscriber_service v where v.tenant = s.tenant and v.subscriber_id = s.id)"),
            Field.text("updatedBy", "s.updated_by"),
            Field.time("createdAt", "s.created_at"),
            Field.time("updatedAt", "s.updated_at"));

    private final AgroalDataSource database;

    @Inject
    public SubscriberSearch(@DataSource("registry") AgroalDataSource database) {
        this.database = database;
    }

    public Page<Subscriber> search(
            TenantId tenant, @Nullable String q, @Nullable String sort, int limit, @Nullable String cursor)
            throws SQLException {
        Sort order = FIELDS.sort(sort, "id", "s.id");
        Condition where = Condition.of("s.tenant = ?", tenant.value())
                .and(FIELDS.where(q))
                .and(order.startingAfter(cursor));
        String sql = "select s.* from subscriber s where " + where.sql() + " order by " + order.orderBy() + " limit "
                + (limit + 1);
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            for (int i = 0; i < where.parameters().size(); i++) {
                Object parameter = where.parameters().get(i);
                if (parameter instanceof String[] texts) {
                    select.setArray(i + 1, connection.createArrayOf("text", texts));
                } else {
                    select.setObject(i + 1, parameter);
                }
            }
            List<Subscriber> found = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    found.add(SubscriberRows.subscriber(row));
                }
            }
            return Page.of(
                    found,
                    limit,
                    subscriber -> order.after(
                            sortValue(subscriber, order), subscriber.id().value()));
        }
    }

    private static Object sortValue(Subscriber subscriber, Sort sort) {
        return switch (sort.field().name()) {
            case "id" -> subscriber.id();
            case "updatedBy" -> subscriber.updatedBy();
            case "createdAt" -> subscriber.createdAt();
            case "updatedAt" -> subscriber.updatedAt();
            default ->
                throw new IllegalStateException("not sortable: " + sort.field().name());
        };
    }

    public Optional<Subscriber> find(TenantId tenant, SubscriberId id) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return Optional.ofNullable(
                    SubscriberRows.load(connection, tenant, List.of(id)).subscriber(id));
        }
    }

    /** The services of a subscriber by id; empty if there is no such subscriber. */
    public Optional<List<Service>> services(TenantId tenant, SubscriberId id) throws SQLException {
        try (Connection connection = database.getConnection()) {
            Book book = SubscriberRows.load(connection, tenant, List.of(id));
            return book.subscriber(id) == null ? Optional.empty() : Optional.of(List.copyOf(book.services(id)));
        }
    }

    public Optional<Service> service(TenantId tenant, SubscriberId subscriber, ServiceId id) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return Optional.ofNullable(
                    SubscriberRows.load(connection, tenant, List.of(subscriber)).service(subscriber, id));
        }
    }
}

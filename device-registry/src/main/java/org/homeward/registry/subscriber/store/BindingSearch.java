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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.homeward.contracts.DeviceId;
import org.homeward.contracts.TenantId;
import org.homeward.registry.subscriber.Binding;
import org.homeward.registry.subscriber.SubscriberId;

/** Finds bindings, and the devices that they hold. */
@ApplicationScoped
public class BindingSearch {

    private static final String SELECT =
            "select * from subscriber_binding where tenant = ? and subscriber_id = ? and (? or ended_at is null)"
                    + " order by created_at, id";

    private final AgroalDataSource database;

    @Inject
    public BindingSearch(@DataSource("registry") AgroalDataSource database) {
        this.database = database;
    }

    /** The bindings of a subscriber, oldest first, with the devices that they hold. */
    public Map<Binding, List<DeviceId>> find(TenantId tenant, SubscriberId subscriber, boolean withEnded)
            throws SQLException {
        try (Connection connection = database.getConnection()) {
            List<Binding> bindings = ofSubscriber(connection, tenant, subscriber, withEnded);
            Map<String, List<DeviceId>> devices = new HashMap<>();
            try (PreparedStatement select = connection.prepareStatement(
                    "select bound_by, id from device where tenant = ? and subscriber_id = ? order by id")) {
                select.setString(1, tenant.value());
                select.setString(2, subscriber.value());
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        devices.computeIfAbsent(row.getString(1), any -> new ArrayList<>())
                                .add(DeviceId.parse(row.getString(2)));
                    }
                }
            }
            Map<Binding, List<DeviceId>> found = new LinkedHashMap<>();
            bindings.forEach(each -> found.put(each, devices.getOrDefault(each.id(), List.of())));
            return found;
        }
    }

    /** One binding with the devices that it holds. */
    public Optional<Map.Entry<Binding, List<DeviceId>>> find(TenantId tenant, SubscriberId subscriber, String id)
            throws SQLException {
        return find(tenant, subscriber, true).entrySet().stream()
                .filter(each -> each.getKey().id().equals(id))
                .findFirst();
    }

    static List<Binding> ofSubscriber(
            Connection connection, TenantId tenant, SubscriberId subscriber, boolean withEnded) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SELECT)) {
            select.setString(1, tenant.value());
            select.setString(2, subscriber.value());
            select.setBoolean(3, withEnded);
            List<Binding> bindings = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    bindings.add(BindingRows.binding(row));
                }
            }
            return bindings;
        }
    }
}

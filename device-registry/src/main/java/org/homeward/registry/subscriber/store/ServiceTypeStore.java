package org.homeward.registry.subscriber.store;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.homeward.contracts.TenantId;
import org.homeward.registry.subscriber.ServiceType;
import org.homeward.registry.subscriber.ServiceTypes;

/** What tenants say about their service types, over those that come along. */
@ApplicationScoped
public class ServiceTypeStore {

    private static final String SAVE = """
            insert into service_type (tenant, name, attributes, updated_at, updated_by)
            values (?, ?, ?::jsonb, now(), ?)
            on conflict (tenant, name) do update
            set attributes = excluded.attributes, updated_at = excluded.updated_at, updated_by = excluded.updated_by,
                version = service_type.version + 1
            """;

    /** A service of the type that has one of these attributes open to read. */
    private static final String PLAIN = """
            select subscriber_id || '/' || id from subscriber_service
            where tenant = ? and type = ? and attributes #> string_to_array(?, '.') is not null limit 1
            """;

    private final AgroalDataSource database;

    @Inject
    public ServiceTypeStore(@DataSource("registry") AgroalDataSource database) {
        this.database = database;
    }

    public ServiceTypes of(TenantId tenant) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return of(connection, tenant);
        }
    }

    ServiceTypes of(Connection connection, TenantId tenant) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select name, attributes from service_type where tenant = ?")) {
            select.setString(1, tenant.value());
            Map<String, ServiceType> own = new LinkedHashMap<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    String name = row.getString(1);
                    own.put(name, ServiceTypes.read(name, AttributeColumns.object(row.getString(2))));
                }
            }
            return ServiceTypes.COMMON.with(own);
        }
    }

    /**
     * Says what a type is from now on.
     *
     * @return a service that holds in the open what would be a secret from now on; then nothing was changed
     */
    @Transactional
    public Optional<String> save(TenantId tenant, ServiceType type, String by) throws SQLException {
        try (Connection connection = database.getConnection()) {
            SubscriberRows.turn(connection, tenant);
            for (var each : type.attributes().entrySet()) {
                if (each.getValue().secret()) {
                    Optional<String> open = plain(connection, tenant, type.name(), each.getKey());
                    if (open.isPresent()) {
                        return open;
                    }
                }
            }
            try (PreparedStatement save = connection.prepareStatement(SAVE)) {
                save.setString(1, tenant.value());
                save.setString(2, type.name());
                save.setString(3, ServiceTypes.written(type).toString());
                save.setString(4, by);
                save.executeUpdate();
            }
            return Optional.empty();
        }
    }

    private static Optional<String> plain(Connection connection, TenantId tenant, String type, String path)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(PLAIN)) {
            select.setString(1, tenant.value());
            select.setString(2, type);
            select.setString(3, path);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        }
    }

    /** Takes back what the tenant said of a type. @return whether it had said anything */
    @Transactional
    public boolean delete(TenantId tenant, String name) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement delete =
                        connection.prepareStatement("delete from service_type where tenant = ? and name = ?")) {
            delete.setString(1, tenant.value());
            delete.setString(2, name);
            return delete.executeUpdate() > 0;
        }
    }
}

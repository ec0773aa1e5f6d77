package org.homeward.provisioning.selfcare.store;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.OrderId;
import org.homeward.contracts.TenantId;
import org.homeward.kit.security.FieldCipher;
import org.homeward.provisioning.capability.Catalogue;
import org.homeward.provisioning.order.OrderDesk;
import org.homeward.provisioning.order.OrderDesk.Wish;
import org.homeward.provisioning.plan.events.ProvisioningOutbox;
import org.homeward.provisioning.selfcare.Owner;
import org.homeward.provisioning.selfcare.WiFiChange.Chosen;
import org.jspecify.annotations.Nullable;

/** Takes in what subscribers want: what they chose, the order that carries it out, and who it was, in one transaction. */
@ApplicationScoped
public class PersonalDesk {

    private static final Instant NEVER = Instant.parse("9999-01-01T00:00:00Z");

    private final AgroalDataSource database;
    private final OrderDesk orders;
    private final FieldCipher cipher;
    private final ProvisioningOutbox voice;

    public PersonalDesk(
            @DataSource("provisioning") AgroalDataSource database,
            OrderDesk orders,
            FieldCipher cipher,
            ProvisioningOutbox voice) {
        this.database = database;
        this.orders = orders;
        this.cipher = cipher;
        this.voice = voice;
    }

    /**
     * Who does what.
     *
     * @param onBehalf whether it is somebody else than the subscriber
     * @param what for people; never a secret
     */
    public record Doing(Owner owner, String by, boolean onBehalf, String what) {}

    /**
     * Something done to a device, by self-care or by an operator's order.
     *
     * @param onBehalf whether it was done by self-care, but not by the subscriber
     * @param what for people, where it was done by self-care; null for an operator's order
     * @param type of the order
     * @param state of the order, as in REST
     */
    public record Done(
            Instant at,
            String by,
            boolean bySelfCare,
            boolean onBehalf,
            @Nullable String what,
            String type,
            String state) {}

    /** Places an order that carries out something once. */
    @Transactional
    public OrderId place(Wish wish, Doing doing) throws SQLException {
        OrderId placed = orders.place(wish);
        if (placed.equals(wish.order())) {
            try (Connection connection = database.getConnection()) {
                log(connection, wish.device(), doing, placed);
            }
        }
        return placed;
    }

    /** Keeps what the subscriber chose, and places the order that waits until the device is so. */
    @Transactional
    public OrderId choose(Wish wish, Doing doing, List<Chosen> choices) throws SQLException {
        Instant now = voice.clock().instant();
        try (Connection connection = database.getConnection()) {
            PersonalRows rows = new PersonalRows(connection);
            // first, so that two at once come one after the other
            rows.turn(doing.owner());
            for (Chosen each : choices) {
                rows.choose(
                        doing.owner(), each.capability(), sealed(doing.owner(), each), doing.by(), now, wish.order());
            }
            log(connection, wish.device(), doing, wish.order());
        }
        return orders.place(wish);
    }

    private @Nullable String sealed(Owner owner, Chosen chosen) {
        String value = chosen.value();
        boolean secret =
                Catalogue.named(chosen.capability()).orElseThrow().kind().isSecret();
        return value == null || !secret ? value : cipher.seal(value, owner.context(chosen.capability()));
    }

    private void log(Connection connection, DeviceKey device, Doing doing, OrderId order) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into self_care_log (tenant, device, subscriber, at, by_whom, on_behalf, what, order_id)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, device.tenant().value());
            insert.setString(2, device.device().toString());
            insert.setString(3, doing.owner().subscriber());
            insert.setObject(4, voice.clock().instant().atOffset(ZoneOffset.UTC));
            insert.setString(5, doing.by());
            insert.setBoolean(6, doing.onBehalf());
            insert.setString(7, doing.what());
            insert.setString(8, order.value());
            insert.executeUpdate();
        }
    }

    /** What was chosen by one subscriber. */
    public List<PersonalRows.Row> chosen(Owner owner) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return new PersonalRows(connection).of(owner);
        }
    }

    /** In clear. @return null where it was sealed with another key */
    public @Nullable String open(Owner owner, PersonalRows.Row row) {
        String value = row.value();
        try {
            return value == null ? null : cipher.open(value, owner.context(row.capability()));
        } catch (FieldCipher.UnreadableSecret e) {
            return null;
        }
    }

    /** Whether the order came from self-care for this device and subscriber. */
    public boolean isOf(DeviceKey device, Owner owner, OrderId order) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "select 1 from self_care_log where tenant = ? and device = ? and subscriber = ? and order_id = ?")) {
            select.setString(1, device.tenant().value());
            select.setString(2, device.device().toString());
            select.setString(3, owner.subscriber());
            select.setString(4, order.value());
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    /**
     * What was done to a device, newest first. Nothing of what an earlier subscriber did by self-care.
     *
     * @param since when it became this subscriber's; null where that is not known, and then nothing by the operator
     */
    public List<Done> done(DeviceKey device, Owner owner, @Nullable Instant since, int most) throws SQLException {
        Instant from = since == null ? NEVER : since;
        String select = """
                select o.created_at, o.created_by, log.id is not null, log.what, o.type, o.state,
                    coalesce(log.on_behalf, false)
                from device_order o left join self_care_log log on log.order_id = o.id
                where o.tenant = ? and o.device = ?
                    and (log.subscriber = ? or log.id is null and o.created_at >= ?)
                order by o.created_at desc limit ?
                """;
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(select)) {
            statement.setString(1, device.tenant().value());
            statement.setString(2, device.device().toString());
            statement.setString(3, owner.subscriber());
            statement.setObject(4, from.atOffset(ZoneOffset.UTC));
            statement.setInt(5, most);
            List<Done> all = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    all.add(new Done(
                            row.getObject(1, OffsetDateTime.class).toInstant(),
                            row.getString(2),
                            row.getBoolean(3),
                            row.getBoolean(7),
                            row.getString(4),
                            row.getString(5),
                            row.getString(6)));
                }
            }
            return all;
        }
    }

    /** Whether the tenant lets subscribers read the passwords that they chose. */
    public Settings settings(TenantId tenant) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "select show_passwords, country from self_care_settings where tenant = ?")) {
            select.setString(1, tenant.value());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? new Settings(row.getBoolean(1), row.getString(2)) : Settings.ORDINARY;
            }
        }
    }

    public void settings(TenantId tenant, Settings settings) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement update = connection.prepareStatement(
                        "insert into self_care_settings (tenant, show_passwords, country) values (?, ?, ?)"
                                + " on conflict (tenant) do update set show_passwords = excluded.show_passwords,"
                                + " country = excluded.country")) {
            update.setString(1, tenant.value());
            update.setBoolean(2, settings.showPasswords());
            update.setString(3, settings.country());
            update.executeUpdate();
        }
    }

    /**
     * What a tenant says of self-care.
     *
     * @param showPasswords whether subscribers may read the Wi-Fi passwords that they chose
     * @param country whose rules say which channels are allowed, by ISO 3166; null for what each device says
     */
    public record Settings(boolean showPasswords, @Nullable String country) {
        static final Settings ORDINARY = new Settings(false, null);
    }
}

package org.homeward.provisioning.selfcare.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.homeward.contracts.OrderId;
import org.homeward.contracts.TenantId;
import org.homeward.provisioning.capability.Catalogue;
import org.homeward.provisioning.profile.BoundSecret;
import org.homeward.provisioning.profile.PersonalSettings;
import org.homeward.provisioning.profile.PersonalSettings.Choice;
import org.homeward.provisioning.profile.Vocabulary;
import org.homeward.provisioning.selfcare.Owner;
import org.jspecify.annotations.Nullable;

/** The tables of personal settings, in the transaction of the connection. */
public final class PersonalRows {

    /**
     * A row as it stands.
     *
     * @param value null where nothing is chosen; sealed where it is a secret
     * @param order that the choice came with; null once it was declined
     * @param declined why a device did not take the last choice; null where none did so
     */
    public record Row(
            String capability,
            @Nullable String value,
            Instant chosenAt,
            @Nullable String order,
            @Nullable String declined) {
        @Override
        public String toString() {
            return capability;
        }
    }

    private static final String LOAD = """
            select book.tenant, book.subscriber, book.revision, setting.capability, setting.value, setting.chosen_at
            from unnest(?::text[], ?::text[]) as wanted (tenant, subscriber)
                join personal_book book using (tenant, subscriber)
                left join personal_setting setting on setting.tenant = book.tenant
                    and setting.subscriber = book.subscriber and setting.value is not null
            order by book.tenant, book.subscriber, setting.capability
            """;

    /** What held before is what a choice was that a device took, or that came with an order so old that it is gone. */
    private static final String CHOOSE = """
            insert into personal_setting as known (tenant, subscriber, capability, value, chosen_by, chosen_at, order_id)
            values (?, ?, ?, ?, ?, ?, ?)
            on conflict (tenant, subscriber, capability) do update set
                (former, former_at) = (
                    select case when open.id is null then known.value else known.former end,
                        case when open.id is null then known.chosen_at else known.former_at end
                    from (select 1) one left join device_order open
                        on open.id = known.order_id and open.state <> 'succeeded'),
                value = excluded.value, chosen_by = excluded.chosen_by, chosen_at = excluded.chosen_at,
                order_id = excluded.order_id, declined = null, declined_at = null
            """;

    private static final String DECLINE = """
            update personal_setting
            set value = former, chosen_at = coalesce(former_at, chosen_at), former = null, former_at = null,
                order_id = null, declined = ?, declined_at = ?
            where order_id = ? and capability = ?
            returning tenant, subscriber
            """;

    private static final String TURN = """
            insert into personal_book (tenant, subscriber, revision, changed_at)
            values (?, ?, nextval('personal_revision'), now())
            on conflict (tenant, subscriber) do update
            set revision = excluded.revision, changed_at = excluded.changed_at
            """;

    private final Connection connection;

    public PersonalRows(Connection connection) {
        this.connection = connection;
    }

    /** What these chose; those who never chose anything are left out. */
    Map<Owner, PersonalSettings> load(Collection<Owner> owners, Vocabulary vocabulary) throws SQLException {
        Map<Owner, Long> revisions = new HashMap<>();
        Map<Owner, List<Choice>> choices = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(LOAD)) {
            select.setArray(
                    1,
                    connection.createArrayOf(
                            "text",
                            owners.stream().map(owner -> owner.tenant().value()).toArray()));
            select.setArray(
                    2,
                    connection.createArrayOf(
                            "text", owners.stream().map(Owner::subscriber).toArray()));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    Owner owner = new Owner(new TenantId(row.getString(1)), row.getString(2));
                    revisions.put(owner, row.getLong(3));
                    List<Choice> of = choices.computeIfAbsent(owner, each -> new ArrayList<>());
                    if (row.getString(4) != null) {
                        of.add(new Choice(
                                row.getString(4), text(owner, row.getString(4), row.getString(5)), time(row, 6)));
                    }
                }
            }
        }
        Map<Owner, PersonalSettings> loaded = new HashMap<>();
        revisions.forEach((owner, revision) ->
                loaded.put(owner, PersonalSettings.of(revision, choices.getOrDefault(owner, List.of()), vocabulary)));
        return loaded;
    }

    private static String text(Owner owner, String capability, String value) {
        boolean secret =
                Catalogue.named(capability).map(each -> each.kind().isSecret()).orElse(false);
        return secret ? new BoundSecret(value, owner.context(capability)).text() : value;
    }

    /** All rows of one subscriber. */
    List<Row> of(Owner owner) throws SQLException {
        String select = "select capability, value, chosen_at, order_id, declined from personal_setting"
                + " where tenant = ? and subscriber = ? order by capability";
        try (PreparedStatement statement = connection.prepareStatement(select)) {
            statement.setString(1, owner.tenant().value());
            statement.setString(2, owner.subscriber());
            List<Row> rows = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    rows.add(new Row(
                            row.getString(1), row.getString(2), time(row, 3), row.getString(4), row.getString(5)));
                }
            }
            return rows;
        }
    }

    private static Instant time(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** @param value null for what profiles say */
    void choose(Owner owner, String capability, @Nullable String value, String by, Instant at, OrderId order)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CHOOSE)) {
            statement.setString(1, owner.tenant().value());
            statement.setString(2, owner.subscriber());
            statement.setString(3, capability);
            statement.setString(4, value);
            statement.setString(5, by);
            statement.setObject(6, at.atOffset(ZoneOffset.UTC));
            statement.setString(7, order.value());
            statement.executeUpdate();
        }
    }

    /** A device does not take what came with this order: what held before holds again. @param why by capability */
    public void decline(OrderId order, Map<String, String> why, Instant at) throws SQLException {
        Set<Owner> owners = new HashSet<>();
        for (Map.Entry<String, String> each : why.entrySet()) {
            try (PreparedStatement statement = connection.prepareStatement(DECLINE)) {
                statement.setString(1, each.getValue());
                statement.setObject(2, at.atOffset(ZoneOffset.UTC));
                statement.setString(3, order.value());
                statement.setString(4, each.getKey());
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        owners.add(new Owner(new TenantId(row.getString(1)), row.getString(2)));
                    }
                }
            }
        }
        for (Owner owner : owners) {
            turn(owner);
        }
    }

    /** Whoever keeps the owner's choices in memory will read them again. */
    void turn(Owner owner) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TURN)) {
            statement.setString(1, owner.tenant().value());
            statement.setString(2, owner.subscriber());
            statement.executeUpdate();
        }
    }

    /** Tenants of which any subscriber ever chose something. */
    Set<TenantId> tenants() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                        with recursive tenants (tenant) as (
                            (select tenant from personal_book order by tenant limit 1)
                            union all
                            select (select tenant from personal_book where tenant > tenants.tenant order by tenant limit 1)
                            from tenants where tenants.tenant is not null)
                        select tenant from tenants where tenant is not null
                        """);
                ResultSet row = statement.executeQuery()) {
            Set<TenantId> tenants = new HashSet<>();
            while (row.next()) {
                tenants.add(new TenantId(row.getString(1)));
            }
            return tenants;
        }
    }

    /** Whose choices changed in the last minute, and their revisions. */
    Map<Owner, Long> changedLately() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                        "select tenant, subscriber, revision from personal_book where changed_at > now() - interval '1 minute'");
                ResultSet row = statement.executeQuery()) {
            Map<Owner, Long> changed = new HashMap<>();
            while (row.next()) {
                changed.put(new Owner(new TenantId(row.getString(1)), row.getString(2)), row.getLong(3));
            }
            return changed;
        }
    }
}

package org.homeward.provisioning.profile.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.homeward.contracts.TenantId;
import org.homeward.provisioning.profile.DocumentError;
import org.homeward.provisioning.profile.DocumentText;
import org.homeward.provisioning.profile.DocumentText.Syntax;
import org.homeward.provisioning.profile.ProfileState;
import org.homeward.provisioning.profile.store.StoredProfile.Entry;
import org.jspecify.annotations.Nullable;

/** The tables of profiles, in the transaction of the connection. */
final class ProfileRows {

    private static final String SELECT = """
        select p.name, p.revision, p.latest_version, p.active_version, v.version, v.state, v.document, v.edited_by,
            v.edited_at, v.submitted_by, v.why
        from profile p join profile_version v on v.tenant = p.tenant and v.name = p.name
        where p.tenant = ?
        """;

    private final Connection connection;
    private final TenantId tenant;

    ProfileRows(Connection connection, TenantId tenant) {
        this.connection = connection;
        this.tenant = tenant;
    }

    /** The newest version; nobody else changes the profile until the transaction ends. */
    Optional<StoredProfile> latestToChange(String name) throws SQLException {
        String lock = "select 1 from profile where tenant = ? and name = ? for update";
        try (PreparedStatement statement = statement(lock, tenant.value(), name)) {
            statement.executeQuery().close();
        }
        return latest(name);
    }

    Optional<StoredProfile> latest(String name) throws SQLException {
        return list(SELECT + " and p.name = ? and v.version = p.latest_version", tenant.value(), name).stream()
                .findFirst();
    }

    Optional<StoredProfile> version(String name, int version) throws SQLException {
        return list(SELECT + " and p.name = ? and v.version = ?", tenant.value(), name, version).stream()
                .findFirst();
    }

    /** Newest first. */
    List<StoredProfile> versions(String name) throws SQLException {
        return list(SELECT + " and p.name = ? order by v.version desc", tenant.value(), name);
    }

    /** By name; the newest version of each. */
    List<StoredProfile> page(String after, int limit) throws SQLException {
        return list(
                SELECT + " and p.name > ? and v.version = p.latest_version order by p.name limit ?",
                tenant.value(),
                after,
                limit);
    }

    List<StoredProfile> active() throws SQLException {
        return list(SELECT + " and v.version = p.active_version", tenant.value());
    }

    List<Entry> history(String name) throws SQLException {
        String select = "select version, what, by_whom, at, why from profile_history where tenant = ? and name = ?"
                + " order by id desc limit 500";
        try (PreparedStatement statement = statement(select, tenant.value(), name);
                ResultSet row = statement.executeQuery()) {
            List<Entry> entries = new ArrayList<>();
            while (row.next()) {
                entries.add(
                        new Entry(row.getInt(1), row.getString(2), row.getString(3), time(row, 4), row.getString(5)));
            }
            return entries;
        }
    }

    /** Whether there was none of the name. */
    boolean create(String name) throws SQLException {
        return update(
                        "insert into profile (tenant, name, revision, latest_version) values (?, ?, 1, 1)"
                                + " on conflict do nothing",
                        tenant.value(),
                        name)
                == 1;
    }

    void addVersion(String name, int version, ObjectNode document, String by, Instant at, String why)
            throws SQLException {
        update(
                "insert into profile_version (tenant, name, version, state, document, edited_by, edited_at, why)"
                        + " values (?, ?, ?, 'draft', ?::json, ?, ?, ?)",
                tenant.value(),
                name,
                version,
                DocumentText.write(document, Syntax.JSON),
                by,
                at,
                why);
        update("update profile set latest_version = ? where tenant = ? and name = ?", version, tenant.value(), name);
    }

    void changeDraft(String name, int version, ObjectNode document, String by, Instant at, String why)
            throws SQLException {
        update(
                "update profile_version set state = 'draft', document = ?::json, edited_by = ?, edited_at = ?, why = ?,"
                        + " submitted_by = null where tenant = ? and name = ? and version = ?",
                DocumentText.write(document, Syntax.JSON),
                by,
                at,
                why,
                tenant.value(),
                name,
                version);
    }

    void changeState(String name, int version, ProfileState state, @Nullable String submittedBy) throws SQLException {
        update(
                "update profile_version set state = ?, submitted_by = coalesce(?, submitted_by)"
                        + " where tenant = ? and name = ? and version = ?",
                state.toString(),
                submittedBy,
                tenant.value(),
                name,
                version);
    }

    void setActive(String name, @Nullable Integer version) throws SQLException {
        update("update profile set active_version = ? where tenant = ? and name = ?", version, tenant.value(), name);
        update(
                "insert into profile_book (tenant, revision, four_eyes) values (?, 1, false)"
                        + " on conflict (tenant) do update set revision = profile_book.revision + 1",
                tenant.value());
    }

    /** Notes what was done, and counts it as a change of the profile. */
    void tell(String name, Entry entry) throws SQLException {
        update(
                "insert into profile_history (tenant, name, version, what, by_whom, at, why) values (?, ?, ?, ?, ?, ?,"
                        + " ?)",
                tenant.value(),
                name,
                entry.version(),
                entry.what(),
                entry.by(),
                entry.at(),
                entry.why());
        update("update profile set revision = revision + 1 where tenant = ? and name = ?", tenant.value(), name);
    }

    boolean fourEyes() throws SQLException {
        try (PreparedStatement statement =
                        statement("select four_eyes from profile_book where tenant = ?", tenant.value());
                ResultSet row = statement.executeQuery()) {
            return row.next() && row.getBoolean(1);
        }
    }

    void setFourEyes(boolean wanted) throws SQLException {
        update(
                "insert into profile_book (tenant, revision, four_eyes) values (?, 1, ?)"
                        + " on conflict (tenant) do update set four_eyes = excluded.four_eyes",
                tenant.value(),
                wanted);
    }

    /** The revision of each tenant's active profiles. */
    static Map<TenantId, Long> revisions(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select tenant, revision from profile_book");
                ResultSet row = select.executeQuery()) {
            Map<TenantId, Long> revisions = new HashMap<>();
            while (row.next()) {
                revisions.put(new TenantId(row.getString(1)), row.getLong(2));
            }
            return revisions;
        }
    }

    private List<StoredProfile> list(String select, Object... values) throws SQLException {
        try (PreparedStatement statement = statement(select, values);
                ResultSet row = statement.executeQuery()) {
            List<StoredProfile> found = new ArrayList<>();
            while (row.next()) {
                List<DocumentError> unreadable = new ArrayList<>();
                found.add(new StoredProfile(
                        row.getString("name"),
                        row.getLong("revision"),
                        row.getInt("latest_version"),
                        row.getObject("active_version", Integer.class),
                        row.getInt("version"),
                        ProfileState.named(row.getString("state")),
                        DocumentText.parse(row.getString("document"), Syntax.JSON, unreadable),
                        row.getString("edited_by"),
                        time(row, 9),
                        row.getString("submitted_by"),
                        row.getString("why")));
            }
            return found;
        }
    }

    private static Instant time(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private int update(String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = statement(sql, values)) {
            return statement.executeUpdate();
        }
    }

    private PreparedStatement statement(String sql, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            statement.setObject(i + 1, value instanceof Instant time ? time.atOffset(ZoneOffset.UTC) : value);
        }
        return statement;
    }
}

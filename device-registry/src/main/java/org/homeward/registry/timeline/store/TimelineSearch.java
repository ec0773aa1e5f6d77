package org.homeward.registry.timeline.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.homeward.contracts.DeviceKey;
import org.homeward.kit.rest.Cursor;
import org.homeward.kit.rest.Page;
import org.homeward.kit.rest.Problem;
import org.homeward.registry.timeline.TimelineKind;
import org.jspecify.annotations.Nullable;

/**
 * Merges what several tables know of a device by time. Each table gives at most a page, found by its index; the page is
 * cut from all of them together.
 */
@ApplicationScoped
public class TimelineSearch {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ORDER = "-at";

    private static final String SESSIONS = """
            select started_at as at, 'session:' || id as ref, 'session' as kind, id, '' as by,
                   coalesce(array_to_string(events, ', '), '') as summary,
                   jsonb_build_object('events', events, 'outcome', outcome, 'endedAt', ended_at, 'rpcs', rpcs,
                                      'faults', faults, 'why', detail) as detail
            from session""";
    private static final String ORDERS = """
            select created_at as at, 'order:' || id as ref, 'order' as kind, id, created_by as by,
                   type || ' ' || state as summary,
                   jsonb_build_object('type', type, 'state', state, 'finishedAt', finished_at, 'session', session,
                                      'why', detail) as detail
            from device_order""";
    /** A change says in which session it was seen and which orders ran in that session: who and why. */
    private static final String CHANGES = """
            select at, 'change:' || id as ref, 'change' as kind, id,
                   coalesce((select string_agg(distinct o.created_by, ', ') from device_order o
                             where o.key = value_change.key and o.session = value_change.session), '') as by,
                   (select string_agg(e ->> 'path', ', ') from (
                        select e from jsonb_array_elements(changes) e limit 3) three)
                       || case when jsonb_array_length(changes) > 3
                               then ' and ' || jsonb_array_length(changes) - 3 || ' more' else '' end as summary,
                   jsonb_build_object('session', session, 'count', jsonb_array_length(changes), 'orders',
                       (select coalesce(jsonb_agg(o.id), '[]') from device_order o
                        where o.key = value_change.key and o.session = value_change.session),
                       'changes', (select jsonb_agg(e) from (
                            select e from jsonb_array_elements(changes) e limit 20) first_ones)) as detail
            from value_change""";

    private static final String HAPPENINGS = """
            select at, kind || ':' || id as ref, kind, id, by, detail as summary, '{}'::jsonb as detail
            from happening""";

    private record Source(String select, String time, Set<TimelineKind> kinds) {}

    private static final List<Source> SOURCES = List.of(
            new Source(SESSIONS, "started_at", Set.of(TimelineKind.SESSION)),
            new Source(ORDERS, "created_at", Set.of(TimelineKind.ORDER)),
            new Source(CHANGES, "at", Set.of(TimelineKind.CHANGE)),
            new Source(
                    HAPPENINGS,
                    "at",
                    Set.of(
                            TimelineKind.REGISTERED,
                            TimelineKind.EDITED,
                            TimelineKind.BOUND,
                            TimelineKind.UNBOUND,
                            TimelineKind.DENIED,
                            TimelineKind.ONLINE,
                            TimelineKind.OFFLINE)));

    private final AgroalDataSource database;

    @Inject
    public TimelineSearch(@DataSource("registry") AgroalDataSource database) {
        this.database = database;
    }

    /**
     * Something that happened.
     *
     * @param by who did it; empty where nobody did or nobody knows
     * @param detail by kind
     */
    public record Item(Instant at, String kind, String id, String by, String summary, JsonNode detail) {}

    private record Found(Item item, String ref) {}

    /** What happened to a device, newest first. @param kinds which are wanted */
    public Page<Item> list(DeviceKey device, Set<TimelineKind> kinds, int limit, @Nullable String cursor)
            throws SQLException {
        Place place = Place.of(cursor);
        List<String> parts = new ArrayList<>();
        List<Object> parameters = new ArrayList<>();
        for (Source source : SOURCES) {
            List<String> wanted = source.kinds().stream()
                    .filter(kinds::contains)
                    .map(TimelineKind::text)
                    .toList();
            if (!wanted.isEmpty()) {
                parts.add(part(source, wanted));
                parameters.addAll(List.of(device.toString(), place.at(), place.at(), place.ref(), limit + 1));
            }
        }
        String sql = "select * from (" + String.join(" union all ", parts)
                + ") all_of_it order by at desc, ref collate \"C\" desc limit " + (limit + 1);
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.size(); i++) {
                select.setObject(i + 1, parameters.get(i));
            }
            List<Found> found = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(found(rows));
                }
            }
            return Page.of(
                            found,
                            limit,
                            last -> new Cursor(ORDER, List.of(last.item().at().toString(), last.ref())))
                    .map(Found::item);
        }
    }

    /** The time alone bounds what the index gives; the reference tells what of the same time was there already. */
    private static String part(Source source, List<String> kinds) {
        String ofKind = source.kinds().size() == 1
                ? ""
                : kinds.stream().collect(Collectors.joining("', '", " and kind in ('", "')"));
        return "(select * from (" + source.select() + " where key = ? and " + source.time() + " <= ?::timestamptz"
                + ofKind + ") s where at < ?::timestamptz or ref collate \"C\" < ?"
                + " order by at desc, ref collate \"C\" desc limit ?)";
    }

    private record Place(String at, String ref) {

        static Place of(@Nullable String cursor) {
            if (cursor == null || cursor.isEmpty()) {
                return new Place("infinity", "");
            }
            List<@Nullable String> values = Cursor.decode(cursor, ORDER).values();
            try {
                return new Place(
                        OffsetDateTime.parse(String.valueOf(values.getFirst())).toString(),
                        String.valueOf(values.getLast()));
            } catch (DateTimeException e) {
                var problem = Problem.invalid("cursor", "is not one that this list gave out")
                        .exception();
                problem.addSuppressed(e);
                throw problem;
            }
        }
    }

    private static Found found(ResultSet row) throws SQLException {
        try {
            return new Found(
                    new Item(
                            row.getObject("at", OffsetDateTime.class).toInstant(),
                            row.getString("kind"),
                            row.getString("id"),
                            row.getString("by"),
                            row.getString("summary"),
                            JSON.readTree(row.getString("detail"))),
                    row.getString("ref"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}

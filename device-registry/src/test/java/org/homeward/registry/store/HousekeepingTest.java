package org.homeward.registry.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.homeward.backends.testing.SharedBackends;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.SessionId;
import org.homeward.contracts.session.SessionTranscript;
import org.homeward.contracts.session.SessionTranscript.Direction;
import org.homeward.contracts.session.SessionTranscript.Line;
import org.homeward.kit.events.EventFactory;
import org.homeward.kit.events.EventPublisher;
import org.homeward.kit.events.KafkaConfig;
import org.homeward.kit.json.PackedLines;
import org.homeward.kit.outbox.Outbox;
import org.homeward.registry.RegistryConfig;
import org.homeward.registry.inventory.Hearing;
import org.homeward.registry.inventory.store.SilenceWatch;
import org.homeward.registry.session.TranscriptStore.Part;
import org.homeward.registry.session.store.MongoTranscriptStore;
import org.homeward.registry.testing.RegistryDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What runs by the clock: letting go of what is old, and finding devices that fell silent. */
class HousekeepingTest {

    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
    private static final DeviceKey DEVICE = DeviceKey.parse("default/00AABB-1");

    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    private final DataSource database = RegistryDatabase.fresh("registry_clock");
    private final MongoClient client = MongoClients.create(SharedBackends.mongodbUri());
    private final MongoTranscriptStore transcripts = new MongoTranscriptStore(client, "registry_clock");
    private final EventPublisher publisher = new EventPublisher(
            KafkaConfig.of(Map.of()), new io.micrometer.core.instrument.simple.SimpleMeterRegistry());
    private RegistryConfig config;
    private boolean gatewaysAreThere = true;

    HousekeepingTest() throws IOException {
        config = new SmallRyeConfigBuilder()
                .withMapping(RegistryConfig.class)
                .withSources(new PropertiesConfigSource(
                        RegistryConfig.class.getResource("/META-INF/microprofile-config.properties"), 100))
                .withValidateUnknown(false)
                .build()
                .getConfigMapping(RegistryConfig.class);
    }

    @BeforeEach
    void aDevice() throws SQLException {
        execute(
                "insert into device (key, tenant, id, oui, product_class, serial_number, registered_at,"
                        + " periodic_inform_seconds) values ('default/00AABB-1', 'default', '00AABB-1', '00AABB', '', '1', now(), 600)");
    }

    @AfterEach
    void close() {
        client.close();
        publisher.close();
    }

    @Test
    void oldSessionsGoWithTheirTranscripts() throws SQLException {
        session("old", NOW.minus(Duration.ofDays(31)), 1);
        session("young", NOW.minus(Duration.ofDays(29)), 1);

        new Housekeeping(config, database, transcripts, clock).sweep();

        assertThat(column("select id from session")).containsExactly("young");
        assertThat(transcripts.lines(DEVICE, new SessionId("old"), 1)).isEmpty();
        assertThat(transcripts.lines(DEVICE, new SessionId("young"), 1)).hasSize(1);
    }

    private void session(String id, Instant at, int parts) throws SQLException {
        execute("insert into session (key, id, started_at, ended_at, outcome, transcript_parts) values ('" + DEVICE
                + "', '" + id + "', '" + at + "', '" + at + "', 'completed', " + parts + ")");
        transcripts.save(List.of(new Part(
                DEVICE,
                new SessionTranscript(
                        new SessionId(id),
                        at,
                        1,
                        true,
                        PackedLines.pack(List.of(new Line(at, Direction.CPE_TO_ACS, "Inform", "<x/>")))))));
    }

    @Test
    void aSessionWithoutAnEndIsLost() throws SQLException {
        execute("insert into session (key, id, started_at) values ('k', 'open', '" + NOW.minusSeconds(60) + "'),"
                + " ('k', 'lost', '" + NOW.minusSeconds(7200) + "')");

        new Housekeeping(config, database, transcripts, clock).sweep();

        assertThat(column("select id || ' ' || outcome from session order by id"))
                .containsExactly("lost lost", "open open");
    }

    @Test
    void onlySoMuchHistoryOfADeviceIsKept() throws SQLException {
        execute("insert into value_change select 'k', n::text, timestamptz '" + NOW
                + "' - n * interval '1 second', 's', '[]' from generate_series(1, 2500) n");
        execute("insert into value_change values ('old', '1', '" + NOW.minus(Duration.ofDays(91)) + "', 's', '[]')");

        new Housekeeping(config, database, transcripts, clock).sweep();

        assertThat(column("select count(*) from value_change where key = 'k'")).containsExactly("2000");
        assertThat(column("select max(id::int) from value_change where key = 'k'"))
                .containsExactly("2000");
        assertThat(column("select id from value_change where key = 'old'")).isEmpty();
    }

    @Test
    void aDeviceThatFellSilentIsOfflineAndTold() throws SQLException {
        online(NOW.minusSeconds(3 * 600 + 121));

        watch(NOW.minus(Duration.ofDays(1))).look();

        assertThat(column("select online::text || ' ' || online_evidence from contact"))
                .containsExactly("false no Inform for 3 intervals of 600 s");
        assertThat(column("select event_type from outbox")).containsExactly("org.homeward.DeviceOffline");
        assertThat(column("select kind from happening")).containsExactly("offline");
    }

    @Test
    void aDeviceThatIsNotLateIsLookedAtWhenItIs() throws SQLException {
        online(NOW.minusSeconds(600));

        watch(NOW.minus(Duration.ofDays(1))).look();

        assertThat(column(
                        "select online::text from contact where silent_due = '" + NOW.plusSeconds(2 * 600 + 120) + "'"))
                .containsExactly("true");
    }

    @Test
    void aDeviceThatNoGatewayWasThereToHearIsNotSilent() throws SQLException {
        gatewaysAreThere = false;
        online(NOW.minus(Duration.ofHours(9)));

        watch(NOW.minus(Duration.ofDays(1))).look();

        assertThat(column("select online::text from contact")).containsExactly("true");
        assertThat(column("select event_type from outbox")).isEmpty();
    }

    @Test
    void afterAnOutageOfOursDevicesHaveTheirTimeToComeBack() throws SQLException {
        online(NOW.minus(Duration.ofHours(9)));

        watch(NOW.minusSeconds(60)).look();

        assertThat(column("select online::text from contact")).containsExactly("true");
    }

    private void online(Instant lastInform) throws SQLException {
        execute("insert into contact (key, tenant, last_inform, online, online_since, silent_due) values ('" + DEVICE
                + "', 'default', '" + lastInform + "', true, '" + lastInform + "', '" + NOW.minusSeconds(1) + "')");
    }

    private SilenceWatch watch(Instant hearingSince) {
        var hearing = new Hearing(hearingSince, Duration.ofMinutes(2), 20);
        for (Instant at = hearingSince; gatewaysAreThere && at.isBefore(NOW); at = at.plusSeconds(60)) {
            hearing.gatewaysAreThere(at);
        }
        return new SilenceWatch(
                config.contact(),
                database,
                new Outbox(
                        "test",
                        database,
                        publisher,
                        new io.micrometer.core.instrument.simple.SimpleMeterRegistry(),
                        null),
                new EventFactory(clock, "/test"),
                hearing,
                () -> gatewaysAreThere,
                clock);
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.createStatement().execute(sql);
        }
    }

    private List<String> column(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                ResultSet rows = connection.createStatement().executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }
}

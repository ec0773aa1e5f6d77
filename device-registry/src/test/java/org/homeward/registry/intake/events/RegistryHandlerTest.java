package org.homeward.registry.intake.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.homeward.registry.testing.Cpe.value;

import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.session.Authentication.Credential;
import org.homeward.contracts.session.SessionEvent.SessionClosed;
import org.homeward.kit.consumer.Batch;
import org.homeward.registry.testing.Cpe;
import org.homeward.registry.twin.TwinReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One effect for every event, whatever fails between the two databases. */
class RegistryHandlerTest {

    private static final String SSID = "Device.WiFi.SSID.1.SSID";
    private static final String OUTBOX = "select event_type from outbox order by id";

    private static final Random RANDOM = new Random(7);

    private HandlerFixture registry;
    private final Cpe cpe =
            new Cpe("h1", Instant.now().truncatedTo(ChronoUnit.MILLIS).minusSeconds(60));

    @BeforeEach
    void start() throws SQLException {
        registry = new HandlerFixture("registry_handler");
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void tellsOfAFirstContactOnce() throws SQLException {
        registry.handle(
                List.of(cpe.inform("0 BOOTSTRAP", value("Device.DeviceInfo.SoftwareVersion", "1")), cpe.closed()));
        registry.handle(
                List.of(cpe.inform("2 PERIODIC", value("Device.DeviceInfo.SoftwareVersion", "1")), cpe.closed()));

        assertThat(registry.column(OUTBOX))
                .containsExactly(
                        "org.homeward.DeviceRegistered", "org.homeward.DeviceFacts", "org.homeward.DeviceOnline");
    }

    @Test
    void tellsFactsAgainOnlyWhenTheyChanged() throws SQLException {
        registry.handle(List.of(cpe.inform("1 BOOT", value("Device.DeviceInfo.SoftwareVersion", "1"))));
        registry.execute("delete from outbox");

        registry.handle(List.of(cpe.inform("1 BOOT", value("Device.DeviceInfo.SoftwareVersion", "2"))));

        assertThat(registry.column(OUTBOX))
                .containsExactlyInAnyOrder("org.homeward.DeviceFacts", "org.homeward.ParametersChanged");
    }

    @Test
    void whatMongoHoldsAndPostgresLostIsToldWhenItComesAgain() throws SQLException {
        registry.handle(List.of(cpe.inform("1 BOOT"), cpe.values(value(SSID, "home")), cpe.closed()));
        registry.execute("delete from outbox");
        // the last statement of the transaction fails, after MongoDB was written
        registry.execute("update inbox set next_offset = next_offset + 1000");
        Batch poll = registry.poll(List.of(cpe.inform("2 PERIODIC"), cpe.values(value(SSID, "castle")), cpe.closed()));
        assertThatThrownBy(() -> registry.handler.handle(poll)).hasMessageContaining("no longer at");
        registry.intake.forgetAll();
        assertThat(registry.column("select 1 from value_change")).isEmpty();
        registry.execute("update inbox set next_offset = next_offset - 1000");

        registry.handler.handle(poll);

        assertThat(registry.column("select changes -> 0 ->> 'after' from value_change"))
                .containsExactly("castle");
        assertThat(registry.column(OUTBOX)).containsExactly("org.homeward.ParametersChanged");
    }

    @Test
    void anInformThatSaysNothingNewWritesNeitherTwinNorFacts() throws SQLException {
        registry.handle(List.of(cpe.inform("2 PERIODIC", value(SSID, "home")), cpe.closed()));
        String before = registry.column("select xmin::text from device").getFirst();
        registry.mongo.getDatabase("registry_handler").drop();

        cpe.at(cpe.now().plusSeconds(30));
        var inform = cpe.inform("2 PERIODIC", value(SSID, "home"));
        registry.handle(List.of(inform, cpe.closed()));

        assertThat(registry.mongo
                        .getDatabase("registry_handler")
                        .getCollection("twin")
                        .countDocuments())
                .isZero();
        assertThat(registry.column("select xmin::text from device")).containsExactly(before);
        assertThat(registry.column("select 1 from contact where last_inform = '" + inform.time() + "'"))
                .hasSize(1);
        assertThat(registry.column("select outcome from session")).containsExactly("completed", "completed");
    }

    @Test
    void anInformAfterAReadIsComparedWithWhatWasRead() throws SQLException {
        registry.handle(List.of(cpe.inform("2 PERIODIC", value(SSID, "home")), cpe.closed()));
        registry.handle(
                List.of(cpe.inform("6 CONNECTION REQUEST", value(SSID, "home")), cpe.set(value(SSID, "castle"))));

        registry.handle(List.of(cpe.inform("4 VALUE CHANGE", value(SSID, "home"))));

        assertThat(new TwinReader(registry.twins).entries(cpe.key, SSID, null, false, 10))
                .singleElement()
                .satisfies(entry -> assertThat(entry.value()).isEqualTo("home"));
        assertThat(registry.column("select changes -> 0 ->> 'after' from value_change order by at"))
                .containsExactly("castle", "home");
    }

    @Test
    void eventsOfADeviceThatNobodyKnowsLeaveNothing() throws SQLException {
        cpe.inform("1 BOOT");

        registry.handle(List.of(cpe.values(value(SSID, "home")), cpe.closed()));

        assertThat(registry.column("select key from device")).isEmpty();
        assertThat(registry.column("select id from session")).isEmpty();
        assertThat(new TwinReader(registry.twins).entries(cpe.key, "", null, true, 10))
                .isEmpty();
    }

    @Test
    void aDeviceThatProvedItsOwnCredentialsHasDoneSoEvenAfterAFactoryReset() throws SQLException {
        registry.handle(List.of(cpe.proving(Credential.DERIVED).inform("2 PERIODIC")));

        registry.handle(List.of(cpe.proving(Credential.FACTORY).inform("0 BOOTSTRAP")));

        assertThat(registry.column("select own_credentials from device")).containsExactly("t");
    }

    @Test
    void whatADeviceSaysAtLengthStopsNothing() throws SQLException {
        String random = RANDOM.ints(8192, 'a', 'z')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();

        registry.handle(List.of(
                cpe.inform(
                        random,
                        value("Device.DeviceInfo.SoftwareVersion", random),
                        value("Device.DeviceInfo.HardwareVersion", "A\0B"),
                        value("Device.ManagementServer.ConnectionRequestURL", "http://192.0.2.1/" + random),
                        value("Device.IP.Interface.1." + random, "x")),
                cpe.event(new SessionClosed(
                        cpe.session(), SessionClosed.Reason.PROTOCOL_ERROR, cpe.now(), 0, 0, "\0" + random))));

        assertThat(registry.column("select length(software_version) from device"))
                .containsExactly("256");
        assertThat(registry.column("select hardware_version || connection_request_url from device"))
                .containsExactly("AB");
        assertThat(registry.column("select length(last_events[1]) from contact"))
                .containsExactly("64");
        assertThat(registry.column("select length(events[1]) || ' ' || length(detail) from session"))
                .containsExactly("64 1024");
        assertThat(new TwinReader(registry.twins).entries(cpe.key, "Device.IP.", null, true, 10))
                .isEmpty();
    }

    @Test
    void valuesWithNulInAnyFormAreHistory() throws SQLException {
        registry.handle(List.of(cpe.inform("1 BOOT"), cpe.values(value(SSID, "home"))));

        registry.handle(List.of(cpe.values(value(SSID, "a\0b\\u0000"))));

        assertThat(registry.column("select changes -> 0 ->> 'after' from value_change"))
                .containsExactly("ab\\u0000...");
    }

    @Test
    void manyLongChangesAreToldInEventsThatKafkaTakes() throws SQLException {
        registry.handle(List.of(cpe.inform("1 BOOT"), cpe.values(notes("\u4e00"))));
        registry.execute("delete from outbox");

        registry.handle(List.of(cpe.values(notes("\u4e01"))));

        assertThat(registry.column("select event_id from outbox"))
                .hasSizeGreaterThan(1)
                .doesNotHaveDuplicates();
        assertThat(registry.column("select length(value) from outbox"))
                .allSatisfy(bytes -> assertThat(Integer.parseInt(bytes)).isLessThan(220_000));
    }

    private static ParameterValue[] notes(String letter) {
        return IntStream.range(0, 100)
                .mapToObj(i -> value("Device.X_00AABB_Notes." + i + ".Text", letter.repeat(2000)))
                .toArray(ParameterValue[]::new);
    }

    @Test
    void anAddressThatMovedIsFoundWhereItIs() throws SQLException {
        String mac = "Device.Ethernet.Interface.1.MACAddress";
        registry.handle(List.of(cpe.inform("1 BOOT"), cpe.values(value(mac, "00:11:22:33:44:01"))));

        registry.handle(List.of(cpe.values(value(mac, "00:11:22:33:44:02"))));

        assertThat(registry.column("select macs::text from device")).containsExactly("{001122334402}");
    }
}

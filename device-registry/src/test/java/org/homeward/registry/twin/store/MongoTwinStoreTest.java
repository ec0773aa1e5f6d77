package org.homeward.registry.twin.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeward.registry.testing.Cpe.value;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.homeward.backends.testing.SharedBackends;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.SessionId;
import org.homeward.contracts.device.DeviceEvent.Change;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.registry.twin.Finding;
import org.homeward.registry.twin.NoisyParameters;
import org.homeward.registry.twin.Observation;
import org.homeward.registry.twin.TwinEntry;
import org.homeward.registry.twin.TwinReader;
import org.homeward.registry.twin.Twins;
import org.homeward.registry.twin.history.Changed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Twins over the store, and what becomes of them when memory is lost or somebody else was faster. */
class MongoTwinStoreTest {

    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
    private static final String SSID = "Device.WiFi.SSID.1.SSID";

    private final MongoClient client = MongoClients.create(SharedBackends.mongodbUri());
    private final DeviceKey device = DeviceKey.parse("default/00AABB-Box-1");
    private final DeviceKey other = DeviceKey.parse("default/00AABB-Box-2");
    private final MongoTwinStore store = new MongoTwinStore(client, "twin_store");

    @BeforeEach
    void empty() {
        client.getDatabase("twin_store").drop();
    }

    @AfterEach
    void close() {
        client.close();
    }

    private Twins twins() {
        return new Twins(store, new NoisyParameters(List.of("*.UpTime")), 50, 10_000);
    }

    private static Observation read(String event, Instant at, ParameterValue... values) {
        return new Observation(event, at.toEpochMilli(), at, new SessionId("s"), new Finding.Read(List.of(values)));
    }

    private String stored(DeviceKey key, String path) {
        return new TwinReader(store)
                .entries(key, path, null, true, 10).stream()
                        .map(TwinEntry::value)
                        .findFirst()
                        .orElse("nothing");
    }

    @Test
    void keepsTwinsApart() {
        twins().observe(Map.of(
                device,
                List.of(read("1", NOW, value(SSID, "one"))),
                other,
                List.of(read("2", NOW, value(SSID, "two")))));

        assertThat(stored(device, SSID)).isEqualTo("one");
        assertThat(stored(other, SSID)).isEqualTo("two");
    }

    @Test
    void givesTheSameChangesAfterMemoryWasLost() {
        twins().observe(Map.of(device, List.of(read("1", NOW, value(SSID, "one")))));
        var second = Map.of(device, List.of(read("2", NOW.plusSeconds(1), value(SSID, "two"))));
        List<Changed> first = twins().observe(second);

        List<Changed> again = twins().observe(second);

        assertThat(again).isEqualTo(first);
        assertThat(again.getFirst().changes()).containsExactly(new Change(SSID, "one", "two"));
    }

    @Test
    void whoLostTheDeviceDoesNotOverwriteWhoHasIt() {
        Twins former = twins();
        former.observe(Map.of(device, List.of(read("1", NOW, value(SSID, "one")))));
        twins().observe(Map.of(device, List.of(read("3", NOW.plusSeconds(60), value(SSID, "three")))));

        former.observe(Map.of(device, List.of(read("2", NOW.plusSeconds(30), value(SSID, "two")))));

        assertThat(stored(device, SSID)).isEqualTo("three");
    }

    @Test
    void whoWasTooLateLearnsWhatIsThere() {
        Twins former = twins();
        former.observe(Map.of(device, List.of(read("1", NOW, value(SSID, "one")))));
        twins().observe(Map.of(device, List.of(read("3", NOW.plusSeconds(60), value(SSID, "three")))));
        former.observe(Map.of(device, List.of(read("2", NOW.plusSeconds(30), value(SSID, "two")))));

        List<Changed> changes =
                former.observe(Map.of(device, List.of(read("4", NOW.plusSeconds(90), value(SSID, "four")))));

        assertThat(changes.getFirst().changes()).containsExactly(new Change(SSID, "three", "four"));
    }

    @Test
    void aLargeTwinIsSplitAndReadBackWhole() {
        ParameterValue[] values = IntStream.range(0, 5_000)
                .mapToObj(
                        i -> value("InternetGatewayDevice.LANDevice." + i % 7 + ".Hosts.Host." + i + ".Name", "h" + i))
                .toArray(ParameterValue[]::new);

        twins().observe(Map.of(device, List.of(read("1", NOW, values))));

        var reader = new TwinReader(store);
        assertThat(reader.entries(device, "", null, false, 10_000)).hasSize(5_000);
        assertThat(reader.entries(device, "InternetGatewayDevice.LANDevice.3.", null, false, 10_000))
                .hasSize(714);
        assertThat(stored(device, "InternetGatewayDevice.LANDevice.3.Hosts.Host.10.Name"))
                .isEqualTo("h10");
        assertThat(java.util.Objects.requireNonNull(store.heads(List.of(device)).get(device))
                        .branches())
                .hasSizeGreaterThan(100);
    }

    @Test
    void forgetsAllOfADevice() {
        Twins twins = twins();
        twins.observe(Map.of(
                device,
                List.of(read("1", NOW, value(SSID, "one"))),
                other,
                List.of(read("2", NOW, value(SSID, "two")))));

        store.delete(List.of(device));

        assertThat(stored(device, SSID)).isEqualTo("nothing");
        assertThat(stored(other, SSID)).isEqualTo("two");
        assertThat(client.getDatabase("twin_store").getCollection("twin").countDocuments())
                .isEqualTo(2);
    }
}

package org.homeward.registry.intake.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeward.registry.testing.Cpe.value;

import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.homeward.contracts.Event;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.registry.testing.Cpe;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

/** What a fleet costs: its discovery, and its idle sessions. Says so in the log; the bounds are loose. */
class RegistryLoadTest {

    private static final Logger LOG = Logger.getLogger(RegistryLoadTest.class);
    private static final int DEVICES = 1_000;
    private static final int POLL = 500;

    @Test
    void aThousandDevicesOfThreeHundredParameters() throws SQLException {
        try (var registry = new HandlerFixture("registry_load")) {
            List<Cpe> fleet = IntStream.range(0, DEVICES)
                    .mapToObj(i -> new Cpe("load" + i, Instant.now().minusSeconds(3600)))
                    .toList();

            Cost discovery = cost(registry, discovery(fleet), DEVICES);
            Cost warmUp = cost(registry, idle(fleet, 4), 4 * DEVICES);
            Cost idle = cost(registry, idle(fleet, 10), 10 * DEVICES);

            long stored = registry
                    .mongo
                    .getDatabase("registry_load")
                    .getCollection("twin")
                    .find()
                    .map(document -> document.containsKey("v")
                            ? (long) document.get("v", org.bson.types.Binary.class)
                                    .length()
                            : 0)
                    .into(new ArrayList<>())
                    .stream()
                    .mapToLong(Long::longValue)
                    .sum();
            LOG.infof("discovery of a device with 300 parameters: %s", discovery);
            LOG.infof("idle session: warming up %s, then %s", warmUp, idle);
            LOG.infof("twin: %d bytes for each device", stored / DEVICES);
            assertThat(registry.column("select count(*) from device")).containsExactly("" + DEVICES);
            assertThat(registry.column("select count(*) from session")).containsExactly("" + 15 * DEVICES);
            assertThat(stored / DEVICES).isLessThan(6_000);
            assertThat(discovery.each()).isLessThan(Duration.ofMillis(60));
            assertThat(idle.each()).isLessThan(Duration.ofMillis(5));
        }
    }

    /** @param each time of one, of which {@code handler} was spent in this thread and the rest in the databases */
    private record Cost(Duration each, Duration handler) {
        @Override
        public String toString() {
            return each.toNanos() / 1000 + " us, " + handler.toNanos() / 1000 + " us of it CPU of the handler";
        }
    }

    private static Cost cost(HandlerFixture registry, List<Event<?>> events, int count) throws SQLException {
        long began = System.nanoTime();
        long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        for (int from = 0; from < events.size(); from += POLL) {
            registry.handle(events.subList(from, Math.min(events.size(), from + POLL)));
        }
        return new Cost(
                Duration.ofNanos(System.nanoTime() - began).dividedBy(count),
                Duration.ofNanos(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu)
                        .dividedBy(count));
    }

    /** Sessions side by side, as a poll brings them: the events of many devices mixed. */
    private static List<Event<?>> discovery(List<Cpe> fleet) {
        List<ParameterValue> model = model();
        String[] names = model.stream().map(ParameterValue::path).toArray(String[]::new);
        List<Event<?>> events = new ArrayList<>();
        for (int group = 0; group < fleet.size(); group += 50) {
            List<Cpe> together = fleet.subList(group, Math.min(fleet.size(), group + 50));
            together.forEach(cpe -> events.add(cpe.inform("0 BOOTSTRAP", forced(cpe))));
            together.forEach(cpe -> events.add(cpe.names(names)));
            for (int chunk = 0; chunk < model.size(); chunk += 60) {
                ParameterValue[] values = model.subList(chunk, chunk + 60).toArray(ParameterValue[]::new);
                together.forEach(cpe -> events.add(cpe.values(values)));
            }
            together.forEach(cpe -> events.add(cpe.closed()));
        }
        return events;
    }

    private static List<Event<?>> idle(List<Cpe> fleet, int times) {
        List<Event<?>> events = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            for (Cpe cpe : fleet) {
                cpe.at(cpe.now().plusSeconds(60));
                events.add(cpe.inform("2 PERIODIC", forced(cpe)));
                events.add(cpe.closed());
            }
        }
        return events;
    }

    private static ParameterValue[] forced(Cpe cpe) {
        return new ParameterValue[] {
            value("Device.RootDataModelVersion", "2.14"),
            value("Device.DeviceInfo.HardwareVersion", "A"),
            value("Device.DeviceInfo.SoftwareVersion", "1.0.3"),
            value("Device.DeviceInfo.ProvisioningCode", ""),
            value("Device.DeviceInfo.UpTime", String.valueOf(cpe.now().getEpochSecond())),
            value("Device.ManagementServer.ConnectionRequestURL", "http://192.0.2.17:7547/" + cpe.id()),
            value("Device.ManagementServer.ParameterKey", ""),
            value("Device.ManagementServer.AliasBasedAddressing", "false")
        };
    }

    private static List<ParameterValue> model() {
        List<ParameterValue> model = new ArrayList<>();
        String[] tables = {
            "Device.WiFi.SSID.",
            "Device.WiFi.AccessPoint.",
            "Device.IP.Interface.",
            "Device.Hosts.Host.",
            "Device.Ethernet.Interface.",
            "Device.NAT.PortMapping."
        };
        String[] columns = {
            "Enable",
            "Status",
            "Alias",
            "Name",
            "LastChange",
            "LowerLayers",
            "Upstream",
            "MaxBitRate",
            "DuplexMode",
            "Type"
        };
        for (String table : tables) {
            for (int instance = 1; instance <= 5; instance++) {
                for (String column : columns) {
                    model.add(value(table + instance + "." + column, column.hashCode() % 1000 + "-" + instance));
                }
            }
        }
        return model;
    }
}

package org.homeward.registry.twin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.homeward.contracts.SessionId;
import org.homeward.contracts.device.DeviceEvent.Change;
import org.homeward.contracts.rpc.ParameterInfo;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.ValueType;
import org.junit.jupiter.api.Test;

class DeviceTwinTest {

    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
    private static final SessionId FIRST = new SessionId("first");
    private static final SessionId SECOND = new SessionId("second");
    private static final String SSID = "Device.WiFi.SSID.1.SSID";
    private static final String UP_TIME = "Device.DeviceInfo.UpTime";

    private final NoisyParameters noisy = new NoisyParameters(List.of("*.UpTime", "*.Stats.*"));
    private final Map<String, TwinBlock> stored = new HashMap<>();
    private TwinHead head = TwinHead.NONE;
    private int maxBlock = 1000;
    private int events;
    private int told;

    @Test
    void whatADeviceSaysFirstIsNoChange() {
        List<Change> changes = observe(FIRST, NOW, read(value(SSID, "home")));

        assertThat(changes).isEmpty();
        assertThat(valueOf(SSID)).isEqualTo("home");
    }

    @Test
    void anotherValueIsAChange() {
        observe(FIRST, NOW, read(value(SSID, "home")));

        List<Change> changes = observe(SECOND, NOW.plusSeconds(60), read(value(SSID, "castle")));

        assertThat(changes).containsExactly(new Change(SSID, "home", "castle"));
    }

    @Test
    void aTruthInOtherWordsIsNoChange() {
        var enable = "Device.WiFi.SSID.1.Enable";
        observe(FIRST, NOW, read(new ParameterValue(enable, "true", ValueType.BOOLEAN)));

        List<Change> changes =
                observe(SECOND, NOW.plusSeconds(60), read(new ParameterValue(enable, "1", ValueType.BOOLEAN)));

        assertThat(changes).isEmpty();
    }

    @Test
    void anUnchangedInformWritesNothing() {
        observe(FIRST, NOW, new Finding.Informed(List.of(value(SSID, "home"))));
        DeviceTwin twin = load();
        var again = observation("e", SECOND, NOW.plusSeconds(60), new Finding.Informed(List.of(value(SSID, "home"))));
        give(twin, again);

        twin.apply(again);

        assertThat(twin.write().blocks()).isEmpty();
        assertThat(twin.write().head()).isNull();
    }

    @Test
    void aCounterThatComesWithAnInformWaitsForAnotherReasonToWrite() {
        observe(FIRST, NOW, new Finding.Informed(List.of(value(UP_TIME, "1"))));

        observe(SECOND, NOW.plusSeconds(60), new Finding.Informed(List.of(value(UP_TIME, "61"))));

        assertThat(valueOf(UP_TIME)).isEqualTo("1");
    }

    @Test
    void aCounterThatWasReadIsKeptButIsNoChange() {
        observe(FIRST, NOW, read(value(UP_TIME, "1")));

        List<Change> changes = observe(SECOND, NOW.plusSeconds(60), read(value(UP_TIME, "61")));

        assertThat(changes).isEmpty();
        assertThat(valueOf(UP_TIME)).isEqualTo("61");
    }

    @Test
    void readingAgainUpdatesWhenItWasSeen() {
        observe(FIRST, NOW, read(value(SSID, "home")));

        observe(SECOND, NOW.plusSeconds(60), read(value(SSID, "home")));

        assertThat(entry(SSID).seen()).isEqualTo(NOW.plusSeconds(60).toEpochMilli());
    }

    @Test
    void aLaterEventCountsThoughTheClockWasSetBack() {
        observe(new Observation("one", 10, NOW.plusSeconds(900), FIRST, read(value(SSID, "old"))));

        List<List<Change>> changes = observe(new Observation("two", 11, NOW, SECOND, read(value(SSID, "new"))));

        assertThat(changes.getFirst()).containsExactly(new Change(SSID, "old", "new"));
        assertThat(valueOf(SSID)).isEqualTo("new");
    }

    @Test
    void anEventThatWasOvertakenLeavesNewerValuesAlone() {
        observe(new Observation("one", 10, NOW, FIRST, read(value(SSID, "new"))));

        observe(new Observation("two", 11, NOW.minusMillis(1_500), SECOND, read(value(SSID, "old"))));

        assertThat(valueOf(SSID)).isEqualTo("new");
    }

    @Test
    void aLaterEventCountsThoughOffsetsBeganAnew() {
        observe(new Observation("one", 1_000, NOW, FIRST, read(value(SSID, "old"))));

        observe(new Observation("two", 0, NOW.plusSeconds(60), SECOND, read(value(SSID, "new"))));
        observe(new Observation("three", 1, NOW.plusSeconds(120), SECOND, read(value(SSID, "newest"))));

        assertThat(valueOf(SSID)).isEqualTo("newest");
    }

    @Test
    void anOlderEventLeavesNewerValuesAlone() {
        observe(FIRST, NOW, read(value(SSID, "new")));

        List<Change> changes = observe(SECOND, NOW.minusSeconds(60), read(value(SSID, "old")));

        assertThat(changes).isEmpty();
        assertThat(valueOf(SSID)).isEqualTo("new");
    }

    @Test
    void theSameEventsAgainGiveTheSameChangesAndWriteNothing() {
        observe(FIRST, NOW, read(value(SSID, "home")));
        var one = observation("one", SECOND, NOW.plusSeconds(60), read(value(SSID, "castle")));
        var two = observation("two", SECOND, NOW.plusSeconds(61), read(value(SSID, "villa")));
        List<List<Change>> before = observe(one, two);

        List<List<Change>> again = observe(one, two);

        assertThat(again).isEqualTo(before);
        assertThat(again)
                .containsExactly(
                        List.of(new Change(SSID, "home", "castle")), List.of(new Change(SSID, "castle", "villa")));
        assertThat(valueOf(SSID)).isEqualTo("villa");
    }

    @Test
    void aParameterThatAppearsAfterDiscoveryIsAChange() {
        String host = "Device.Hosts.Host.7.HostName";
        observe(FIRST, NOW, names("Device.", "Device.WiFi.", SSID));
        observe(SECOND, NOW.plusSeconds(60), names("Device.", "Device.WiFi.", SSID, host));

        List<Change> changes = observe(SECOND, NOW.plusSeconds(61), read(value(host, "laptop"), value(SSID, "home")));

        assertThat(changes).containsExactly(new Change(host, null, "laptop"));
    }

    @Test
    void aParameterMissingFromACompleteListIsGone() {
        observe(FIRST, NOW, names("Device.", "Device.WiFi.", SSID, UP_TIME));
        observe(FIRST, NOW, read(value(SSID, "home"), value(UP_TIME, "1")));

        List<Change> changes = observe(SECOND, NOW.plusSeconds(60), names("Device.", UP_TIME, "Device.Time.Enable"));

        assertThat(changes).containsExactly(new Change(SSID, "home", null));
        assertThat(block("Device.").get(SSID)).isNull();
        assertThat(valueOf(UP_TIME)).isEqualTo("1");
    }

    @Test
    void aBranchThatBecameEmptyIsGone() {
        maxBlock = 1;
        observe(FIRST, NOW, read(value(SSID, "home"), value(UP_TIME, "1")));
        assertThat(stored).containsKeys("Device.WiFi.", "Device.DeviceInfo.");

        observe(SECOND, NOW.plusSeconds(60), names("Device.", UP_TIME));

        assertThat(stored).doesNotContainKey("Device.WiFi.").containsKey("Device.DeviceInfo.");
        assertThat(head.branches()).contains("Device.DeviceInfo.").doesNotContain("Device.WiFi.");
    }

    @Test
    void secretsAreNotKept() {
        String passphrase = "Device.WiFi.AccessPoint.1.Security.KeyPassphrase";
        observe(FIRST, NOW, read(new ParameterValue(passphrase, "sealed", ValueType.STRING, true)));

        List<Change> changes = observe(
                SECOND,
                NOW.plusSeconds(60),
                new Finding.Written(List.of(new ParameterValue(passphrase, "sealed2", ValueType.STRING, true))));

        assertThat(entry(passphrase).value()).isNull();
        assertThat(entry(passphrase).secret()).isTrue();
        assertThat(changes).containsExactly(new Change(passphrase, null, null));
    }

    @Test
    void aDeletedObjectTakesItsParametersWithIt() {
        observe(
                FIRST,
                NOW,
                read(value("Device.NAT.PortMapping.1.Enable", "1"), value("Device.NAT.PortMapping.2.Enable", "1")));

        observe(SECOND, NOW.plusSeconds(60), new Finding.ObjectRemoved("Device.NAT.PortMapping.1."));

        assertThat(block("Device.").entries())
                .extracting(TwinEntry::path)
                .containsExactly("Device.NAT.PortMapping.2.Enable");
    }

    @Test
    void aTypeOnceKnownOutlivesAWriteThatDoesNotSayIt() {
        observe(FIRST, NOW, read(new ParameterValue(SSID, "home", ValueType.STRING)));

        observe(SECOND, NOW, new Finding.Written(List.of(new ParameterValue(SSID, "castle", ValueType.UNKNOWN))));

        assertThat(entry(SSID).type()).isEqualTo(ValueType.STRING);
        assertThat(valueOf(SSID)).isEqualTo("castle");
    }

    @Test
    void aBranchThatGrowsTooLargeIsSplitByItsNextLevel() {
        maxBlock = 10;
        var values = IntStream.range(0, 30)
                .mapToObj(i -> value("Device.WiFi.SSID." + i + ".SSID", "s" + i))
                .toArray(ParameterValue[]::new);
        observe(FIRST, NOW, read(value("Device.WiFi.RadioNumberOfEntries", "2")));

        observe(FIRST, NOW, read(values));

        assertThat(stored).containsKeys("Device.WiFi.", "Device.WiFi.SSID.3.").doesNotContainKey("Device.WiFi.SSID.");
        assertThat(valueOf("Device.WiFi.SSID.3.SSID")).isEqualTo("s3");
        assertThat(valueOf("Device.WiFi.RadioNumberOfEntries")).isEqualTo("2");
        assertThat(head.splits()).containsExactlyInAnyOrder("Device.", "Device.WiFi.", "Device.WiFi.SSID.");
    }

    @Test
    void aSplitBranchGoesOnChanging() {
        maxBlock = 10;
        var values = IntStream.range(0, 30)
                .mapToObj(i -> value("Device.WiFi.SSID." + i + ".SSID", "s" + i))
                .toArray(ParameterValue[]::new);
        observe(FIRST, NOW, read(values));

        List<Change> changes = observe(
                SECOND,
                NOW.plusSeconds(1),
                read(value("Device.WiFi.SSID.3.SSID", "x"), value("Device.WiFi.SSID.31.SSID", "y")));

        assertThat(changes).containsExactly(new Change("Device.WiFi.SSID.3.SSID", "s3", "x"));
        assertThat(valueOf("Device.WiFi.SSID.31.SSID")).isEqualTo("y");
    }

    @Test
    void aSplitThatWasCutOffHalfwayIsDoneAgain() {
        maxBlock = 10;
        var values = IntStream.range(0, 30)
                .mapToObj(i -> value("Device.WiFi.SSID." + i + ".SSID", "s" + i))
                .toArray(ParameterValue[]::new);
        var one = observation("one", FIRST, NOW, read(values));
        var large = TwinBlock.empty("Device.");
        for (ParameterValue value : values) {
            large.put(
                    new TwinEntry(value.path(), "before", ValueType.STRING, TwinEntry.Access.UNKNOWN, false, false, 1),
                    true);
        }
        observe(one);

        // the head says split, but the old block was not shrunk
        stored.put("Device.", large);
        observe(FIRST, NOW.plusSeconds(1), new Finding.ObjectRemoved("Device.WiFi.SSID.3."));

        assertThat(stored.values().stream()
                        .flatMap(block -> block.entries().stream())
                        .filter(e -> !"before".equals(e.value())))
                .hasSize(29);
        assertThat(load().needs(new Finding.ObjectRemoved("Device.WiFi."))).contains("Device.WiFi.SSID.4.");
    }

    @Test
    void longValuesAreCutShortInChanges() {
        observe(FIRST, NOW, read(value("Device.DeviceInfo.DeviceLog", "a".repeat(30_000))));

        List<Change> changes =
                observe(SECOND, NOW.plusSeconds(1), read(value("Device.DeviceInfo.DeviceLog", "b".repeat(30_000))));

        assertThat(changes.getFirst().after()).hasSizeLessThan(1100);
        assertThat(valueOf("Device.DeviceInfo.DeviceLog")).hasSize(30_000);
    }

    private List<Change> observe(SessionId session, Instant at, Finding finding) {
        return observe(observation("event-" + events++, session, at, finding)).getFirst();
    }

    /** Loads, folds and stores as a service does for one poll. */
    private List<List<Change>> observe(Observation... observations) {
        DeviceTwin twin = load();
        give(twin, observations);
        List<List<Change>> changes =
                Arrays.stream(observations).map(twin::apply).toList();
        DeviceTwin.Write write = twin.write();
        write.blocks().forEach(this::store);
        write.shrunk().forEach(this::store);
        write.removed().forEach(stored::remove);
        head = write.head() == null ? head : write.head();
        twin.saved();
        return changes;
    }

    private void store(TwinBlock block) {
        stored.put(
                block.branch(),
                new TwinBlock(
                        block.branch(), block.upTo(), block.asOf(), block.entries(), Map.copyOf(block.unwritten())));
    }

    private DeviceTwin load() {
        return new DeviceTwin(head, noisy, maxBlock);
    }

    private void give(DeviceTwin twin, Observation... observations) {
        Arrays.stream(observations)
                .flatMap(observation -> twin.needs(observation.finding()).stream())
                .filter(twin::lacks)
                .distinct()
                .forEach(branch -> {
                    TwinBlock block = stored.get(branch);
                    twin.add(
                            block == null
                                    ? TwinBlock.empty(branch)
                                    : new TwinBlock(
                                            branch, block.upTo(), block.asOf(), block.entries(), writtenOf(block)));
                });
    }

    private static Map<String, List<Change>> writtenOf(TwinBlock block) {
        Map<String, List<Change>> written = new HashMap<>();
        for (String event : List.of("one", "two")) {
            List<Change> changes = block.replayed(event);
            if (changes != null) {
                written.put(event, changes);
            }
        }
        return written;
    }

    private TwinEntry entry(String path) {
        return Objects.requireNonNull(block(Branches.of(path, head.splits())).get(path), path);
    }

    private TwinBlock block(String branch) {
        return Objects.requireNonNull(stored.get(branch), branch);
    }

    private String valueOf(String path) {
        return Objects.requireNonNull(entry(path).value(), path);
    }

    private Observation observation(String id, SessionId session, Instant at, Finding finding) {
        return new Observation(id, 1_000 * at.toEpochMilli() + told++, at, session, finding);
    }

    private static ParameterValue value(String path, String value) {
        return new ParameterValue(path, value, ValueType.STRING);
    }

    private static Finding read(ParameterValue... values) {
        return new Finding.Read(List.of(values));
    }

    private static Finding names(String completeBelow, String... paths) {
        return new Finding.Named(
                Arrays.stream(paths).map(path -> new ParameterInfo(path, false)).toList(), completeBelow);
    }
}

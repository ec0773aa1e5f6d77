package org.homeward.provisioning.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.homeward.provisioning.profile.Given;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever dies between any two steps, the device becomes what it should be, and nobody sees anything done twice. */
class BreakOffTest {

    private static final String PROFILE = "{name: a, values: {Device.A: 1, Device.B: 2, Device.Password: geheimnis},"
            + " objects: [{table: Device.T., key: [K], extra: remove, rows: [{K: 1, V: one}, {K: 2, V: two}]}],"
            + " attributes: {Device.A: {notification: 2}}}";

    private static Bench bench() {
        return new Bench(
                new Box()
                        .withTable("Device.T.")
                        .with("Device.A", "x")
                        .with("Device.B", "x")
                        .with("Device.Password", "factory")
                        .with("Device.T.50.K", "8")
                        .with("Device.T.50.V", "extra"),
                PROFILE);
    }

    static IntStream answers() {
        Bench undisturbed = bench();
        int rpcs = undisturbed.session("0 BOOTSTRAP").size();
        return IntStream.rangeClosed(0, rpcs + 4);
    }

    /** What a device is, whatever numbers its rows have. */
    private static Map<String, Object> is(Box box) {
        Map<String, Object> is = new TreeMap<>();
        Map<String, List<String>> rows = box.values.entrySet().stream()
                .filter(each -> each.getKey().startsWith("Device.T."))
                .collect(Collectors.groupingBy(
                        each -> each.getKey().split("\\.")[2],
                        Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
        is.put("rows", rows.values().stream().map(Object::toString).sorted().toList());
        box.values.forEach((path, value) -> {
            if (!path.startsWith("Device.T.")) {
                is.put(path, value);
            }
        });
        is.put("attributes", box.attributes);
        return is;
    }

    @ParameterizedTest(name = "answer {0} is lost")
    @MethodSource("answers")
    void whereverFirstContactBreaksOffTheDeviceIsInTheEndWhatItShouldBe(int lostAnswer) {
        Bench undisturbed = bench();
        undisturbed.session("0 BOOTSTRAP");
        Bench bench = bench();
        bench.session(lostAnswer, "0 BOOTSTRAP");

        for (int i = 0; i < 4; i++) {
            bench.pass(Duration.ofMinutes(10));
            bench.session("2 PERIODIC");
        }

        assertThat(is(bench.box)).isEqualTo(is(undisturbed.box));
        assertThat(bench.standing.settled()).isTrue();
        bench.box.writes.forEach((path, writes) -> assertThat(writes)
                .as(path)
                // nobody can ask a device whether it has taken a secret
                .isLessThanOrEqualTo(path.endsWith("Password") ? 2 : 1));
        assertThat(bench.session("2 PERIODIC")).isEmpty();
    }

    @ParameterizedTest(name = "answer {0} is lost")
    @MethodSource("answers")
    void soItIsWhereAProfileBecomesAnother(int lostAnswer) {
        Bench bench = bench();
        bench.session("0 BOOTSTRAP");
        bench.box.writes.clear();
        bench.profiles =
                Given.active(PROFILE.replace("Device.A: 1", "Device.A: 7").replace("V: two", "V: zwei"));
        bench.session(lostAnswer, "2 PERIODIC");

        for (int i = 0; i < 4; i++) {
            bench.pass(Duration.ofMinutes(10));
            bench.session("2 PERIODIC");
        }

        assertThat(bench.box.values)
                .containsEntry("Device.A", "7")
                .containsValue("zwei")
                .doesNotContainValue("two");
        assertThat(bench.box.writes.values()).allMatch(writes -> writes == 1);
        assertThat(bench.standing.settled()).isTrue();
    }
}

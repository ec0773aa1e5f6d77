package org.homeward.provisioning.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.homeward.provisioning.profile.Given;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RandomBoxTest {

    private static final List<String> PATHS = List.of("A", "B", "C", "D", "E", "F", "Password");

    static Stream<Long> seeds() {
        return LongStream.range(0, 150).boxed();
    }

    private static Box box(Random random, boolean stubborn) {
        Box box = new Box().withTable("Device.T.");
        for (String path : PATHS) {
            if (random.nextInt(8) > 0) {
                box.with("Device." + path, Integer.toString(random.nextInt(3)));
                int habit = random.nextInt(stubborn ? 6 : 40);
                if (habit == 0) {
                    box.refuses.put("Device." + path, random.nextBoolean());
                } else if (habit == 1) {
                    box.slow.add("Device." + path);
                } else if (habit == 2 && stubborn) {
                    box.habits.put("Device." + path, written -> written + " in my way");
                }
            }
        }
        for (int i = 0; i < random.nextInt(3); i++) {
            box.with("Device.T." + (100 + i) + ".K", Integer.toString(random.nextInt(3)));
            box.with("Device.T." + (100 + i) + ".V", "old");
        }
        return box;
    }

    private static String profile(Random random, String name) {
        List<String> values = new ArrayList<>();
        for (String path : PATHS) {
            if (random.nextBoolean()) {
                values.add("Device." + path + ": {value: " + random.nextInt(3) + ", userChange: "
                        + (random.nextBoolean() ? "keep" : "overrule") + "}");
            }
        }
        List<String> rows = new ArrayList<>();
        for (int key = 0; key < 3; key++) {
            if (random.nextBoolean()) {
                rows.add("{K: " + key + ", V: " + random.nextInt(2) + "}");
            }
        }
        return "{name: " + name + ", priority: " + random.nextInt(2) + ", reboot: whenNeeded, values: {"
                + String.join(", ", values) + "}, objects: [{table: Device.T., key: [K], extra: "
                + (random.nextBoolean() ? "keep" : "remove") + ", rows: [" + String.join(", ", rows)
                + "]}], attributes: {Device.A: {notification: " + random.nextInt(3) + "}}}";
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aConvergingDeviceConvergesInABoundedNumberOfSessions(long seed) {
        Random random = new Random(seed);
        Bench bench = new Bench(box(random, false), profile(random, "one"), profile(random, "two"));
        bench.session("0 BOOTSTRAP");
        for (int i = 0; i < 3; i++) {
            bench.pass(Duration.ofMinutes(15));
            bench.session("1 BOOT");
        }

        assertThat(bench.standing.settled()).isTrue();
        bench.desired().values().keySet().stream()
                .filter(path -> bench.box.values.containsKey(path) && !bench.box.refuses.containsKey(path))
                .forEach(path ->
                        assertThat(bench.state(path)).as(path).isIn(Judgement.State.VERIFIED, Judgement.State.KEPT));
        Standing before = bench.standing;
        assertThat(bench.session("2 PERIODIC")).isEmpty();
        assertThat(bench.standing).isSameAs(before);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whateverTheDeviceDoesNothingIsWrittenForEverAndNoRowIsThereTwice(long seed) {
        Random random = new Random(seed);
        Bench bench = new Bench(box(random, true), profile(random, "one"), profile(random, "two"));
        List<String> codes = List.of("2 PERIODIC", "2 PERIODIC", "1 BOOT", "0 BOOTSTRAP");
        for (int i = 0; i < 30; i++) {
            String code = codes.get(random.nextInt(i < 10 ? 4 : 3));
            if (random.nextInt(3) == 0) {
                bench.session(1 + random.nextInt(8), code);
            } else {
                bench.session(code);
            }
            if (random.nextInt(10) == 0) {
                bench.profiles = Given.active(profile(random, "one"), profile(random, "two"));
            }
            if (random.nextInt(5) == 0) {
                bench.box.with("Device.B", "the user's");
            }
            bench.pass(Duration.ofMinutes(random.nextInt(90)));
        }
        int quiet = 0;
        for (int i = 0; i < 60; i++) {
            quiet = bench.session("2 PERIODIC").isEmpty() ? quiet + 1 : 0;
            bench.pass(Duration.ofHours(1));
        }

        assertThat(quiet).as("sessions without an RPC at the end").isGreaterThan(20);
        bench.box.writes.values().forEach(writes -> assertThat(writes).isLessThan(120));
        List<String> keys = bench.box.values.entrySet().stream()
                .filter(each -> each.getKey().matches("Device\\.T\\.\\d\\d?\\.K"))
                .map(Map.Entry::getValue)
                .toList();
        assertThat(keys).doesNotHaveDuplicates();
    }
}

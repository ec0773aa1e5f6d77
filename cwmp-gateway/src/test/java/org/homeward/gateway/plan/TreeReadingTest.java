package org.homeward.gateway.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.homeward.contracts.plan.Action;
import org.homeward.contracts.rpc.ParameterInfo;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.Rpc;
import org.homeward.contracts.rpc.RpcResult;
import org.homeward.contracts.rpc.ValueType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TreeReadingTest {

    private final FakeCpe cpe = new FakeCpe();

    // --- names -------------------------------------------------------------------------------------------------

    @Test
    void readsTheWholeRootWithOneQuestionForNames() {
        cpe.withMany(10);

        RpcResult.TreeRead read = cpe.read("");

        assertThat(read).isEqualTo(new RpcResult.TreeRead(10, List.of()));
        assertThat(cpe.asked(Rpc.GetParameterNames.class)).containsExactly(new Rpc.GetParameterNames("", false));
    }

    @Test
    void tellsEveryAnswerAndThenTheEndOfTheStep() {
        cpe.withMany(100);

        var completed = cpe.play(new Action.ReadTree(List.of("")));

        assertThat(completed)
                .extracting(PlanPlayer.Completion::method)
                .containsExactly("GetParameterNames", "GetParameterValues", "GetParameterValues", "ReadTree");
        assertThat(completed).extracting(PlanPlayer.Completion::stepDone).containsExactly(false, false, false, true);
        assertThat(completed).extracting(PlanPlayer.Completion::planDone).containsExactly(false, false, false, true);
    }

    @Test
    void asksForTheKnownRootsWhereTheCpeFaultsOnTheEmptyPath() {
        cpe.with("InternetGatewayDevice.DeviceInfo.SoftwareVersion");
        cpe.mood = rpc ->
                rpc instanceof Rpc.GetParameterNames names && names.path().isEmpty() ? FakeCpe.fault(9005) : null;

        RpcResult.TreeRead read = cpe.read("");

        assertThat(read).isEqualTo(new RpcResult.TreeRead(1, List.of()));
        assertThat(cpe.asked(Rpc.GetParameterNames.class))
                .extracting(Rpc.GetParameterNames::path)
                .containsExactly("", "Device.", "InternetGatewayDevice.");
    }

    @ParameterizedTest
    @ValueSource(ints = {9001, 9002, 9003, 9004, 0, 9899})
    void goesByBranchesWhereTheCpeFaultsOnTheWhole(int code) {
        cpe.with("Device.A.X", "Device.A.Y", "Device.B.1.Z", "Device.C");
        cpe.mood = rpc -> rpc instanceof Rpc.GetParameterNames names
                        && !names.nextLevel()
                        && names.path().equals("Device.")
                ? FakeCpe.fault(code)
                : null;

        RpcResult.TreeRead read = cpe.read("Device.");

        assertThat(read).isEqualTo(new RpcResult.TreeRead(4, List.of()));
        assertThat(cpe.asked(Rpc.GetParameterNames.class))
                .containsExactly(
                        new Rpc.GetParameterNames("Device.", false),
                        new Rpc.GetParameterNames("Device.", true),
                        new Rpc.GetParameterNames("Device.A.", false),
                        new Rpc.GetParameterNames("Device.B.", false));
    }

    @Test
    void goesDownLevelByLevelWhereTheCpeAnswersNothingElse() {
        cpe.with("Device.A.B.C.D", "Device.A.B.E");
        cpe.mood = rpc -> rpc instanceof Rpc.GetParameterNames names && !names.nextLevel() ? FakeCpe.fault(9004) : null;

        RpcResult.TreeRead read = cpe.read("Device.");

        assertThat(read).isEqualTo(new RpcResult.TreeRead(2, List.of()));
    }

    @Test
    void goesOnPastABranchThatTheCpeCannotRead() {
        cpe.with("Device.Good.X", "Device.Broken.Y");
        cpe.mood = rpc -> rpc instanceof Rpc.GetParameterNames names
                        && (names.path().equals("Device.Broken.")
                                || names.path().equals("Device.") && !names.nextLevel())
                ? FakeCpe.fault(9002)
                : null;

        RpcResult.TreeRead read = cpe.read("Device.");

        assertThat(read).isEqualTo(new RpcResult.TreeRead(1, List.of("Device.Broken.")));
    }

    @Test
    void tellsPathsThatDoNotExist() {
        cpe.with("Device.A.X");

        RpcResult.TreeRead read = cpe.read("Device.Nowhere.", "Device.A.");

        assertThat(read).isEqualTo(new RpcResult.TreeRead(1, List.of("Device.Nowhere.")));
    }

    @Test
    void tellsPathsWhoseNamesAreAnEmptyList() {
        cpe.with("Device.A.X");
        cpe.mood = rpc ->
                rpc instanceof Rpc.GetParameterNames names && names.path().contains("Nowhere")
                        ? new RpcResult.Names(List.of())
                        : null;

        RpcResult.TreeRead read = cpe.read("Device.Nowhere.", "Device.A.");

        assertThat(read).isEqualTo(new RpcResult.TreeRead(1, List.of("Device.Nowhere.")));
    }

    @Test
    void endsWithTheFaultWhereNoNameCanBeHad() {
        cpe.mood = rpc -> FakeCpe.fault(9002);

        var completed = cpe.play(new Action.ReadTree(List.of("Device.")));

        assertThat(completed.getLast().result()).isEqualTo(FakeCpe.fault(9002));
        assertThat(completed.getLast().stepDone()).isTrue();
    }

    @Test
    void stopsAtOnceWhereTheMethodIsNotThere() {
        cpe.mood = rpc -> FakeCpe.fault(9000);

        var completed = cpe.play(new Action.ReadTree(List.of("")));

        assertThat(completed).hasSize(1);
        assertThat(completed.getFirst().result()).isEqualTo(FakeCpe.fault(9000));
    }

    @Test
    void isNotSentRoundInCirclesByACpeThatListsTheObjectItself() {
        cpe.mood = rpc -> switch (rpc) {
            case Rpc.GetParameterNames names when !names.nextLevel() -> FakeCpe.fault(9004);
            case Rpc.GetParameterNames names ->
                new RpcResult.Names(
                        List.of(new ParameterInfo("Device.", false), new ParameterInfo(names.path(), false)));
            default -> null;
        };

        var completed = cpe.play(new Action.ReadTree(List.of("Device.")));

        assertThat(completed.getLast().stepDone()).isTrue();
        assertThat(cpe.asked).hasSizeLessThan(5);
    }

    @Test
    void isBoundedWhereTheTreeHasNoEnd() {
        cpe.mood = rpc -> switch (rpc) {
            case Rpc.GetParameterNames names when !names.nextLevel() -> FakeCpe.fault(9004);
            case Rpc.GetParameterNames names ->
                new RpcResult.Names(List.of(
                        new ParameterInfo(names.path() + "A.", false), new ParameterInfo(names.path() + "B.", false)));
            default -> null;
        };

        var completed = cpe.play(new Action.ReadTree(List.of("Device.")));

        assertThat(completed.getLast().stepDone()).isTrue();
        assertThat(cpe.asked).hasSizeLessThan(600);
    }

    @Test
    void readsFullNamesWithoutAskingForNames() {
        cpe.with("Device.A.X", "Device.A.Y");

        RpcResult.TreeRead read = cpe.read("Device.A.X");

        assertThat(read).isEqualTo(new RpcResult.TreeRead(1, List.of()));
        assertThat(cpe.asked).containsExactly(new Rpc.GetParameterValues(List.of("Device.A.X")));
    }

    @Test
    void readsAParameterOnceThatTwoPathsHold() {
        cpe.with("Device.A.X", "Device.A.Y");

        RpcResult.TreeRead read = cpe.read("Device.A.X", "Device.A.", "Device.");

        assertThat(read).isEqualTo(new RpcResult.TreeRead(2, List.of()));
    }

    @Test
    void endsAtOnceWithoutPaths() {
        RpcResult.TreeRead read = cpe.read();

        assertThat(read).isEqualTo(new RpcResult.TreeRead(0, List.of()));
        assertThat(cpe.asked).isEmpty();
    }

    // --- values ------------------------------------------------------------------------------------------------

    @Test
    void beginsWith64AndGrowsWhileThatGoesWell() {
        cpe.withMany(1_000);

        RpcResult.TreeRead read = cpe.read("");

        assertThat(read.parameters()).isEqualTo(1_000);
        assertThat(cpe.chunks()).containsExactly(64, 128, 256, 256, 256, 40);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 10, 32, 63, 64, 100, 255, 256})
    void findsTheChunkThatFits(int most) {
        cpe.withMany(700).mostValues = most;

        RpcResult.TreeRead read = cpe.read("");

        assertThat(read).isEqualTo(new RpcResult.TreeRead(700, List.of()));
        assertThat(cpe.asked.size()).as("questions").isLessThan(700 / Math.max(1, most / 2) * 2 + 30);
    }

    @Test
    void triesMoreAtOnceAgainWhenTheCpeHasRecovered() {
        cpe.withMany(3_000);
        cpe.mood = rpc -> rpc instanceof Rpc.GetParameterValues values
                        && cpe.asked.size() < 6
                        && values.paths().size() > 16
                ? FakeCpe.fault(9004)
                : null;

        cpe.read("");

        assertThat(cpe.chunks()).contains(16, 256);
    }

    @ParameterizedTest
    @ValueSource(ints = {9005, 9003, 9001, 0})
    void findsTheParameterThatIsNotToBeHad(int code) {
        cpe.withMany(500);
        cpe.mood = rpc ->
                rpc instanceof Rpc.GetParameterValues values && values.paths().contains("Device.Object.10.P7")
                        ? FakeCpe.fault(code)
                        : null;

        RpcResult.TreeRead read = cpe.read("");

        assertThat(read).isEqualTo(new RpcResult.TreeRead(499, List.of("Device.Object.10.P7")));
        assertThat(cpe.asked.size()).isLessThan(30);
    }

    @Test
    void findsSeveralThatAreNotToBeHad() {
        cpe.withMany(300);
        List<String> gone = List.of("Device.Object.1.P0", "Device.Object.1.P1", "Device.Object.15.P19");
        cpe.mood = rpc -> rpc instanceof Rpc.GetParameterValues values
                        && values.paths().stream().anyMatch(gone::contains)
                ? FakeCpe.fault(9005)
                : null;

        RpcResult.TreeRead read = cpe.read("");

        assertThat(read.parameters()).isEqualTo(297);
        assertThat(read.missing()).containsExactlyInAnyOrderElementsOf(gone);
    }

    @Test
    void takesAnEmptyAnswerForAWrongName() {
        cpe.withMany(100);
        cpe.mood = rpc ->
                rpc instanceof Rpc.GetParameterValues values && values.paths().contains("Device.Object.1.P5")
                        ? new RpcResult.Values(List.of())
                        : null;

        RpcResult.TreeRead read = cpe.read("");

        assertThat(read).isEqualTo(new RpcResult.TreeRead(99, List.of("Device.Object.1.P5")));
    }

    @Test
    void tellsWhatTheAnswerLeavesOut() {
        cpe.with("Device.A", "Device.B");
        cpe.mood = rpc -> rpc instanceof Rpc.GetParameterValues
                ? new RpcResult.Values(List.of(new ParameterValue("Device.A", "1", ValueType.INT)))
                : null;

        RpcResult.TreeRead read = cpe.read("Device.");

        assertThat(read).isEqualTo(new RpcResult.TreeRead(1, List.of("Device.B")));
    }

    @Test
    void goesOnPastOneParameterThatBreaksTheCpe() {
        cpe.withMany(200);
        cpe.mood = rpc ->
                rpc instanceof Rpc.GetParameterValues values && values.paths().contains("Device.Object.3.P3")
                        ? FakeCpe.fault(9002)
                        : null;

        RpcResult.TreeRead read = cpe.read("");

        assertThat(read).isEqualTo(new RpcResult.TreeRead(199, List.of("Device.Object.3.P3")));
        assertThat(cpe.asked.size()).isLessThan(60);
    }

    @Test
    void givesUpOnACpeThatFaultsOnEverything() {
        cpe.withMany(2_000);
        cpe.mood = rpc -> rpc instanceof Rpc.GetParameterValues ? FakeCpe.fault(9001) : null;

        var completed = cpe.play(new Action.ReadTree(List.of("")));

        assertThat(completed.getLast().result()).isEqualTo(FakeCpe.fault(9001));
        assertThat(cpe.asked.size()).isLessThan(ValueReading.MOST_FAULTS + 10);
    }

    @Test
    void stopsWhereValuesCanNotBeReadAtAll() {
        cpe.withMany(200);
        cpe.mood = rpc -> rpc instanceof Rpc.GetParameterValues ? FakeCpe.fault(9000) : null;

        var completed = cpe.play(new Action.ReadTree(List.of("")));

        assertThat(completed.getLast().result()).isEqualTo(FakeCpe.fault(9000));
        assertThat(cpe.asked).hasSize(2);
    }

    @Test
    void asksForEveryNameExactlyOnceWhenNothingFaults() {
        cpe.withMany(5_000);

        cpe.read("");

        assertThat(cpe.asked(Rpc.GetParameterValues.class).stream().flatMap(rpc -> rpc.paths().stream()))
                .hasSize(5_000)
                .doesNotHaveDuplicates();
    }

    /** Any mix of limits and missing names: every name is read or told missing, none twice. */
    @Test
    void accountsForEveryNameWhateverTheCpeDoes() {
        IntStream.range(0, 200).forEach(seed -> {
            var random = new java.util.Random(seed);
            FakeCpe moody = new FakeCpe().withMany(1 + random.nextInt(400));
            moody.mostValues = 1 + random.nextInt(100);
            List<String> gone = moody.parameters.keySet().stream()
                    .filter(path -> random.nextInt(100) < 2)
                    .toList();
            int code = List.of(9005, 9003, 9002).get(random.nextInt(3));
            moody.mood = rpc -> rpc instanceof Rpc.GetParameterValues values
                            && values.paths().stream().anyMatch(gone::contains)
                    ? FakeCpe.fault(code)
                    : null;

            RpcResult.TreeRead read = moody.read("");

            assertThat(read.missing()).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(gone);
            assertThat(read.parameters()).as("seed %d", seed).isEqualTo(moody.parameters.size() - gone.size());
        });
    }
}

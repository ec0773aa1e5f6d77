package org.homeward.provisioning.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.homeward.contracts.rpc.ValueType;
import org.homeward.provisioning.profile.Given;
import org.homeward.provisioning.reconcile.Judgement.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReconcilerTest {

    private static final String TWO = "{name: a, values: {Device.A: 1, Device.B: 2}}";
    private static final String KEEP = "{name: a, values: {Device.A: {value: ours, userChange: keep}}}";
    private static final String ROWS = "{name: a, objects: [{table: Device.T., key: [K], extra: %s, rows: "
            + "[{K: 1, V: one}, {K: 2, V: two}]}]}";

    private static Box box() {
        return new Box().with("Device.A", "x").with("Device.B", "2").with("Device.C", "c");
    }

    @Test
    void readsWhatItHasToKnowAndWritesOnlyWhatDiffers() {
        Bench bench = new Bench(box(), TWO);

        List<String> rpcs = bench.session("0 BOOTSTRAP");

        assertThat(rpcs).containsExactly("GetParameterValues", "SetParameterValues", "GetParameterValues");
        assertThat(bench.box.values).containsEntry("Device.A", "1");
        assertThat(bench.box.writes).containsOnlyKeys("Device.A");
        assertThat(bench.standing.settled()).isTrue();
        assertThat(bench.box.parameterKey).startsWith("hw-").hasSizeLessThanOrEqualTo(32);
    }

    @Test
    void nothingPendingMeansNoRpcAndNothingToWriteDown() {
        Bench bench = new Bench(box(), TWO);
        bench.session("0 BOOTSTRAP");
        bench.session("2 PERIODIC");
        Standing before = bench.standing;

        List<String> rpcs = bench.session("2 PERIODIC");

        assertThat(rpcs).isEmpty();
        assertThat(bench.standing).isSameAs(before);
    }

    @Test
    void aTenantWithoutProfilesHasNoStanding() {
        Bench bench = new Bench(box());

        List<String> rpcs = bench.session("2 PERIODIC");

        assertThat(rpcs).isEmpty();
        assertThat(bench.standing).isSameAs(Standing.NONE);
    }

    @Test
    void aBootIsCheckedByReadingAloneWhenNothingChanged() {
        Bench bench = new Bench(box(), TWO);
        bench.session("0 BOOTSTRAP");

        assertThat(bench.session("1 BOOT")).containsExactly("GetParameterValues");
    }

    @Test
    void whatSomebodyElseWroteIsNoticedByItsParameterKey() {
        Bench bench = new Bench(box(), TWO);
        bench.session("0 BOOTSTRAP");
        bench.box.values.put("Device.A", "of another ACS");
        bench.box.parameterKey = "other";

        bench.session("2 PERIODIC");

        assertThat(bench.box.values).containsEntry("Device.A", "1");
        assertThat(bench.session("2 PERIODIC")).isEmpty();
    }

    @Test
    void aBootstrapForgetsWhatWasKnown() {
        Bench bench = new Bench(box(), TWO);
        bench.session("0 BOOTSTRAP");
        bench.box.values.put("Device.A", "factory");

        bench.session("0 BOOTSTRAP");

        assertThat(bench.box.values).containsEntry("Device.A", "1");
    }

    @Test
    void aNewVersionOfAProfileIsMadeTrueAtTheNextContact() {
        Bench bench = new Bench(box(), TWO);
        bench.session("0 BOOTSTRAP");
        bench.profiles = Given.active("{name: a, values: {Device.A: 7, Device.B: 2}}");

        List<String> rpcs = bench.session("2 PERIODIC");

        assertThat(rpcs).containsExactly("SetParameterValues", "GetParameterValues");
        assertThat(bench.box.values).containsEntry("Device.A", "7");
    }

    @Test
    void aDeviceThatSaysAnotherValueIsDivergingAndNotWrittenForEver() {
        Box box = box();
        box.habits.put("Device.A", written -> "mine");
        Bench bench = new Bench(box, TWO);
        bench.session("0 BOOTSTRAP");
        assertThat(bench.state("Device.A")).isEqualTo(State.DIVERGING);
        assertThat(bench.session("2 PERIODIC")).as("too soon").isEmpty();

        for (int i = 0; i < 200; i++) {
            bench.pass(Duration.ofMinutes(20));
            bench.session("2 PERIODIC");
        }

        assertThat(box.writes).containsEntry("Device.A", 5);
        assertThat(bench.state("Device.A")).isEqualTo(State.DIVERGING);
        assertThat(bench.standing.items().get("Device.A"))
                .isNotNull()
                .satisfies(item -> assertThat(item.trouble())
                        .isNotNull()
                        .satisfies(trouble -> assertThat(trouble.detail()).isEqualTo("mine")));
    }

    @Test
    void whatIsRefusedByNameDoesNotKeepTheRestFromBeingWrittenInTheSameSession() {
        Box box = box().with("Device.B", "x");
        box.refuses.put("Device.A", true);
        Bench bench = new Bench(box, TWO);

        bench.session("0 BOOTSTRAP");

        assertThat(box.values).containsEntry("Device.B", "2");
        assertThat(bench.state("Device.A")).isEqualTo(State.REFUSED);
        assertThat(bench.session("1 BOOT")).containsExactly("GetParameterValues");
    }

    @Test
    void theCulpritOfAFaultWithoutNamesIsFoundByWritingEachAlone() {
        Box box = box().with("Device.B", "x").with("Device.C", "x");
        box.refuses.put("Device.B", false);
        Bench bench = new Bench(box, "{name: a, values: {Device.A: 1, Device.B: 2, Device.C: 3}}");

        bench.session("0 BOOTSTRAP");

        assertThat(box.values).containsEntry("Device.A", "1").containsEntry("Device.C", "3");
        assertThat(bench.state("Device.B")).isEqualTo(State.REFUSED);
        assertThat(bench.session("2 PERIODIC")).isEmpty();
    }

    @Test
    void aParameterThatTheDeviceLacksIsNotWritten() {
        Bench bench = new Bench(box(), "{name: a, values: {Device.Nowhere: 1}}");

        List<String> rpcs = bench.session("0 BOOTSTRAP");

        assertThat(rpcs).doesNotContain("SetParameterValues");
        assertThat(bench.state("Device.Nowhere")).isEqualTo(State.MISSING);
    }

    @Test
    void aUsersChangeIsKeptWhereTheProfileSaysSo() {
        Bench bench = new Bench(box(), KEEP);
        bench.session("0 BOOTSTRAP");
        assertThat(bench.box.values).containsEntry("Device.A", "ours");
        bench.box.values.put("Device.A", "the user's");

        bench.session("1 BOOT");

        assertThat(bench.box.values).containsEntry("Device.A", "the user's");
        assertThat(bench.state("Device.A")).isEqualTo(State.KEPT);
        bench.profiles = Given.active("{name: a, values: {Device.A: {value: ours too, userChange: keep}}}");
        bench.session("2 PERIODIC");
        assertThat(bench.box.values).containsEntry("Device.A", "the user's");
    }

    @Test
    void aDefaultThatTheUserLeftAloneFollowsTheProfile() {
        Bench bench = new Bench(box(), KEEP);
        bench.session("0 BOOTSTRAP");
        bench.profiles = Given.active("{name: a, values: {Device.A: {value: new default, userChange: keep}}}");

        bench.session("2 PERIODIC");

        assertThat(bench.box.values).containsEntry("Device.A", "new default");
    }

    @Test
    void onABoxThatIsNotFreshADefaultIsNotWrittenOverWhatMayBeTheUsers() {
        Bench bench = new Bench(box(), KEEP);

        bench.session("2 PERIODIC");

        assertThat(bench.box.values).containsEntry("Device.A", "x");
        assertThat(bench.state("Device.A")).isEqualTo(State.KEPT);
    }

    @Test
    void aUsersChangeIsOverruledOtherwise() {
        Bench bench = new Bench(box(), TWO);
        bench.session("0 BOOTSTRAP");
        bench.box.values.put("Device.A", "the user's");

        bench.session("1 BOOT");

        assertThat(bench.box.values).containsEntry("Device.A", "1");
    }

    @Test
    void aQuarrelIsEndedAndTakenUpAgainLater() {
        Bench bench = new Bench(box(), TWO);
        bench.session("0 BOOTSTRAP");
        for (int i = 0; i < 20; i++) {
            bench.box.values.put("Device.A", "no");
            bench.session("1 BOOT");
        }
        assertThat(bench.box.writes.get("Device.A")).isEqualTo(Patience.WRITES);
        assertThat(bench.state("Device.A")).isEqualTo(State.QUARREL);

        bench.pass(Duration.ofHours(2));
        bench.session("2 PERIODIC");

        assertThat(bench.box.values).containsEntry("Device.A", "1");
    }

    @Test
    void aSecretIsWrittenOnceThoughItReadsBackEmptyAndAgainWhenItIsAnother() {
        Box box = new Box().with("Device.PPP.Interface.1.Password", "factory");
        Bench bench = new Bench(
                box, "{name: a, values: {Device.PPP.Interface.1.Password: {expression: services.internet.password}}}");
        bench.services = Map.of("internet", Map.of("password", "v1.one"));
        bench.session("0 BOOTSTRAP");
        bench.session("1 BOOT");
        assertThat(box.writes).containsEntry("Device.PPP.Interface.1.Password", 1);
        bench.services = Map.of("internet", Map.of("password", "v1.eleven"));

        bench.standing = bench.hearing.factsChanged(bench.standing);
        bench.session("2 PERIODIC");

        assertThat(box.values).containsEntry("Device.PPP.Interface.1.Password", "v1.eleven");
        assertThat(bench.standing.toString()).doesNotContain("v1.");
    }

    @Test
    void rowsAreAddedWithTheirValuesAndExtraOnesLeftOrRemovedAsSaid() {
        Box box = new Box()
                .withTable("Device.T.")
                .with("Device.T.71.K", "1")
                .with("Device.T.71.V", "old")
                .with("Device.T.72.K", "9")
                .with("Device.T.72.V", "extra");
        Bench bench = new Bench(box, ROWS.formatted("keep"));

        List<String> first = bench.session("0 BOOTSTRAP");
        assertThat(first).contains("AddObject").doesNotContain("DeleteObject");
        assertThat(box.values)
                .containsEntry("Device.T.71.V", "one")
                .containsEntry("Device.T.1.K", "2")
                .containsEntry("Device.T.1.V", "two");
        assertThat(bench.session("2 PERIODIC")).isEmpty();

        bench.profiles = Given.active(ROWS.formatted("remove"));
        List<String> second = bench.session("2 PERIODIC");

        assertThat(second).containsExactly("DeleteObject");
        assertThat(box.values).doesNotContainKey("Device.T.72.K");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6, 7})
    void aRowWhoseAnswerWasLostIsFoundAgainAndNotAddedTwice(int lostAnswer) {
        Box box = new Box().withTable("Device.T.").with("Device.T.50.K", "8");
        Bench bench = new Bench(box, ROWS.formatted("keep"));
        bench.session(lostAnswer, "0 BOOTSTRAP");

        for (int i = 0; i < 5; i++) {
            bench.pass(Duration.ofMinutes(1));
            bench.session("2 PERIODIC");
        }

        assertThat(box.values.keySet().stream().filter(path -> path.endsWith(".K")))
                .hasSize(3);
        assertThat(box.values.values()).contains("one", "two");
        assertThat(bench.standing.settled()).isTrue();
    }

    @Test
    void aRowWhoseKeyTheDeviceWritesInItsOwnWayIsNotAddedAgain() {
        Box box = new Box().withTable("Device.T.");
        box.habits.put("Device.T.1.K", text -> "number " + text);
        Bench bench = new Bench(box, "{name: a, objects: [{table: Device.T., key: [K], rows: [{K: 1}]}]}");
        for (int i = 0; i < 10; i++) {
            bench.session("1 BOOT");
            bench.pass(Duration.ofHours(2));
        }

        assertThat(box.values).containsOnlyKeys("Device.T.1.K");
    }

    @Test
    void aTableThatTheDeviceLacksIsTriedOnce() {
        Bench bench = new Bench(box(), ROWS.formatted("keep"));
        bench.session("0 BOOTSTRAP");

        assertThat(bench.session("2 PERIODIC")).isEmpty();
        bench.pass(Duration.ofDays(1));
        assertThat(bench.session("2 PERIODIC")).isEmpty();
    }

    @Test
    void aLostAnswerIsResolvedByReading() {
        Bench bench = new Bench(box(), TWO);
        bench.session(3, "0 BOOTSTRAP");
        assertThat(bench.box.values).containsEntry("Device.A", "1");

        List<String> rpcs = bench.session("2 PERIODIC");

        assertThat(rpcs).containsExactly("GetParameterValues");
        assertThat(bench.standing.settled()).isTrue();
    }

    @Test
    void aDeviceThatBreaksOffEachTimeIsGivenRest() {
        Bench bench = new Bench(box(), TWO);
        int sessionsWithRpcs = 0;
        for (int i = 0; i < 100; i++) {
            sessionsWithRpcs += bench.session(1, "2 PERIODIC").isEmpty() ? 0 : 1;
            bench.pass(Duration.ofSeconds(30));
        }

        assertThat(sessionsWithRpcs).isLessThan(15);
    }

    @Test
    void attributesAreReadWrittenAndReadBack() {
        Bench bench = new Bench(box(), "{name: a, attributes: {Device.A: {notification: active}}}");

        List<String> rpcs = bench.session("0 BOOTSTRAP");

        assertThat(rpcs).containsExactly("GetParameterAttributes", "SetParameterAttributes", "GetParameterAttributes");
        assertThat(bench.session("2 PERIODIC")).isEmpty();
    }

    @Test
    void oneParameterThatTheDeviceLacksDoesNotHideTheAttributesOfOthers() {
        Bench bench = new Bench(
                box(),
                "{name: a, attributes: {Device.A: {notification: active}, Device.Nowhere: {notification: active}}}");

        bench.session("0 BOOTSTRAP");

        assertThat(bench.state("Device.A#notification")).isEqualTo(State.VERIFIED);
        assertThat(bench.state("Device.Nowhere#notification")).isEqualTo(State.MISSING);
    }

    @Test
    void aDeviceThatSaysLaterIsRebootedWhereTheProfileSaysSo() {
        Box box = box();
        box.slow.add("Device.A");
        Bench bench = new Bench(box, "{name: a, reboot: whenNeeded, values: {Device.A: 1}}");

        List<String> rpcs = bench.session("0 BOOTSTRAP");
        bench.session("1 BOOT");

        assertThat(rpcs).contains("Reboot");
        assertThat(box.values).containsEntry("Device.A", "1");
        assertThat(bench.state("Device.A")).isEqualTo(State.VERIFIED);
        assertThat(box.writes).containsEntry("Device.A", 1);
    }

    @Test
    void aBooleanIsWrittenAsEveryDeviceUnderstandsIt() {
        Box box = new Box().with("Device.On", "0");
        box.types.put("Device.On", ValueType.BOOLEAN);
        Bench bench = new Bench(box, "{name: a, values: {Device.On: true}}");

        bench.session("0 BOOTSTRAP");

        assertThat(box.values).containsEntry("Device.On", "1");
        assertThat(bench.state("Device.On")).isEqualTo(State.VERIFIED);
    }

    @Test
    void aConditionMayAskForWhatTheDeviceReports() {
        Bench bench =
                new Bench(box(), "{name: a, condition: 'reported[\"Device.C\"] == \"c\"', values: {Device.A: 1}}");

        List<String> rpcs = bench.session("2 PERIODIC");

        assertThat(bench.box.values).containsEntry("Device.A", "1");
        assertThat(rpcs).hasSize(4);
    }

    @Test
    void aProfileForAnEventIsMadeTrueWhenTheEventComes() {
        Bench bench = new Bench(box(), "{name: a, condition: '\"M Reboot\" in events', values: {Device.A: 1}}");
        assertThat(bench.session("2 PERIODIC")).isEmpty();
        Standing before = bench.standing;
        assertThat(bench.session("2 PERIODIC")).isEmpty();
        assertThat(bench.standing).isSameAs(before);

        bench.session("M Reboot");

        assertThat(bench.box.values).containsEntry("Device.A", "1");
    }

    @Test
    void twoProfilesThatUndoEachOtherComeToRest() {
        Bench bench = new Bench(
                box(),
                "{name: a, condition: 'reported[\"Device.B\"] == \"2\"', values: {Device.B: 3}}",
                "{name: b, condition: 'reported[\"Device.B\"] == \"3\"', values: {Device.B: 2}}");
        for (int i = 0; i < 10; i++) {
            bench.session("2 PERIODIC");
        }

        assertThat(bench.box.writes.get("Device.B")).isLessThanOrEqualTo(Patience.WRITES);
    }
}

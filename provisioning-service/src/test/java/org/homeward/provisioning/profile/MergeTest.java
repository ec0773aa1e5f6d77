package org.homeward.provisioning.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.homeward.provisioning.profile.Desired.Kind;
import org.homeward.provisioning.profile.Desired.Remark;
import org.homeward.provisioning.profile.Desired.Wanted;
import org.homeward.provisioning.profile.Desired.WantedRow;
import org.homeward.provisioning.profile.Desired.WantedTable;
import org.homeward.provisioning.profile.ProfileDocument.UserChange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MergeTest {

    private static String value(Desired desired, String path) {
        return wanted(desired, path).value();
    }

    private static Wanted wanted(Desired desired, String path) {
        return Objects.requireNonNull(desired.values().get(path));
    }

    private static WantedTable table(Desired desired) {
        return Objects.requireNonNull(desired.tables().get("Device.T."));
    }

    private static Remark remark(Desired desired) {
        assertThat(desired.remarks()).hasSize(1);
        return desired.remarks().getFirst();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    device.productClass == "HG8245" && "beta" in device.tags | true
                    device.softwareVersion.startsWith("2.")                 | false
                    subscriber.id == "alice" && tenant == "default"         | true
                    services.internet.speed > 100                           | true
                    services.exists(name, name == "voip")                   | false
                    "2 PERIODIC" in events                                  | true
                    now < timestamp("2027-01-01T00:00:00Z")                 | true
                    reported["Device.X"] == "on"                            | true
                    "Device.Y" in reported && reported["Device.Y"] == "on"  | false
                    """)
    void aConditionDecidesWhomAProfileIsFor(String condition, boolean applies) {
        Facts facts =
                Given.facts(Map.of("id", "alice"), Map.of("internet", Map.of("speed", 250L)), Map.of("Device.X", "on"));

        Desired desired = Given.desired(facts, "{name: a, condition: '" + condition + "', values: {Device.V: v}}");

        assertThat(desired.values().containsKey("Device.V")).isEqualTo(applies);
        assertThat(desired.remarks()).isEmpty();
    }

    @Test
    void theHighestPrioritySpeaksForEachParameter() {
        Desired desired = Given.desired(
                Given.facts(),
                "{name: base, values: {Device.A: base, Device.B: base}}",
                "{name: special, priority: 200, values: {Device.B: special, Device.C: special}}");

        assertThat(desired.values()).hasToString("{Device.A=base, Device.B=special, Device.C=special}");
        assertThat(wanted(desired, "Device.B").source()).hasToString("special version 1, values.Device.B");
    }

    @Test
    void aClashAtEqualPriorityIsToldAndNotGuessed() {
        Desired desired = Given.desired(
                Given.facts(),
                "{name: one, values: {Device.A: 1, Device.B: same}}",
                "{name: two, values: {Device.A: 2, Device.B: same}}",
                "{name: low, priority: 1, values: {Device.A: 3}}");

        assertThat(desired.values()).hasToString("{Device.B=same}");
        assertThat(desired.undecided()).containsExactly("Device.A");
        assertThat(remark(desired).kind()).isEqualTo(Kind.CLASH);
        assertThat(remark(desired).message())
                .isEqualTo("profiles of priority 100 say different things: 1 (one), 2 (two)");
    }

    @Test
    void aSecretInAClashIsNotTold() {
        Desired desired = Given.desired(
                Given.facts(),
                "{name: one, values: {Device.Password: {sealed: v1.one}}}",
                "{name: two, values: {Device.Password: {sealed: v1.two}}}");

        assertThat(remark(desired).message()).doesNotContain("v1.");
    }

    @Test
    void aMissingAttributeIsNamedAndNothingIsWritten() {
        Facts facts = Given.facts(Map.of(), Map.of("internet", Map.of("speed", 100L)), Map.of());

        Desired desired = Given.desired(
                facts,
                "{name: a, values: {Device.User: {expression: 'services.internet.username + \"@isp\"'}, Device.X: x}}");

        assertThat(desired.values()).hasToString("{Device.X=x}");
        assertThat(remark(desired).kind()).isEqualTo(Kind.INCOMPLETE);
        assertThat(remark(desired).message()).isEqualTo("services.internet.username is not known of this device");
    }

    @Test
    void aConditionThatThrowsIsToldAndItsProfileDoesNotApply() {
        Desired desired = Given.desired(
                Given.facts(),
                "{name: bad, condition: 'int(device.softwareVersion) > 1', values: {Device.A: 1}}",
                "{name: good, values: {Device.B: 2}}");

        assertThat(desired.values()).hasToString("{Device.B=2}");
        assertThat(remark(desired).kind()).isEqualTo(Kind.FAILED);
        assertThat(remark(desired).sources()).hasToString("[bad version 1, condition]");
    }

    @Test
    void anExpressionThatNeverEndsIsCutShort() {
        String hundred = LongStream.range(0, 100).boxed().toList().toString();
        Desired desired = Given.desired(
                Given.facts(),
                "{name: a, condition: '" + hundred + ".all(x, " + hundred + ".all(y, x + y >= 0))', values: {}}");

        assertThat(remark(desired).message()).contains("budget exceeded");
    }

    @Test
    void aSecretOfTheServiceStaysSealedAndGoesOnlyWhereSecretsGo() {
        Facts facts = Given.facts(Map.of(), Map.of("internet", Map.of("password", "v1.sealed")), Map.of());

        Desired desired = Given.desired(facts, """
                name: a
                values:
                  Device.PPP.Interface.1.Password: {expression: services.internet.password}
                  Device.PPP.Interface.1.Alias: {expression: services.internet.password}
                  Device.PPP.Interface.2.Password: {expression: '"x" + services.internet.password'}
                """);

        assertThat(desired.values()).containsOnlyKeys("Device.PPP.Interface.1.Password");
        assertThat(wanted(desired, "Device.PPP.Interface.1.Password").sealed()).isTrue();
        assertThat(desired.values().toString()).doesNotContain("v1.");
        assertThat(desired.remarks()).hasSize(2).allMatch(each -> each.kind() == Kind.FAILED);
    }

    @Test
    void aPathOfAnotherDataModelIsUnfit() {
        Desired desired = Given.desired(Given.facts(), "{name: a, values: {InternetGatewayDevice.X: 1}}");

        assertThat(remark(desired).kind()).isEqualTo(Kind.UNFIT);
        assertThat(remark(desired).message()).contains("HG8245 of Acme").contains("Device.");
    }

    @Test
    void rowsOfSeveralProfilesAreOneTable() {
        Desired desired = Given.desired(
                Given.facts(),
                "{name: a, objects: [{table: Device.T., key: [K], extra: remove, rows: [{K: 1, V: a}]}]}",
                "{name: b, priority: 50, objects: [{table: Device.T., key: [K], rows: [{K: 1, V: b, W: b}, {K: 2}]}]}");

        assertThat(table(desired).rows())
                .extracting(WantedRow::toString)
                .containsExactly("WantedRow[id=K=1, columns={K=1, V=a, W=b}]", "WantedRow[id=K=2, columns={K=2}]");
        assertThat(table(desired).removeExtra()).isTrue();
    }

    @Test
    void asLongAsARowIsIncompleteNoneIsRemoved() {
        Desired desired = Given.desired(
                Given.facts(),
                "{name: a, objects: [{table: Device.T., key: [K], extra: remove, rows: [{K: 1},"
                        + " {K: {expression: services.voip.port}}]}]}");

        assertThat(table(desired).removeExtra()).isFalse();
        assertThat(table(desired).rows()).hasSize(1);
        assertThat(remark(desired).kind()).isEqualTo(Kind.INCOMPLETE);
    }

    @Test
    void whoeverWantsToSpareTheUserSpeaksForTheUser() {
        Desired desired = Given.desired(
                Given.facts(),
                "{name: a, values: {Device.A: 1}}",
                "{name: b, values: {Device.A: {value: 1, userChange: keep}}}");

        assertThat(wanted(desired, "Device.A").userChange()).isEqualTo(UserChange.KEEP);
    }

    @Test
    void connectionSettingsAndAttributesHavePathsOfTheDevice() {
        Desired desired = Given.desired(
                Given.facts(),
                "{name: a, connection: {PeriodicInformInterval: 600},"
                        + " attributes: {Device.X: {notification: active, accessList: [b, a]}}}");

        assertThat(desired.values())
                .hasToString("{Device.ManagementServer.PeriodicInformInterval=600, Device.X#accessList=a,b,"
                        + " Device.X#notification=2}");
    }

    static Stream<Long> seeds() {
        return LongStream.range(0, 100).boxed();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void twoProfilesCommuteAndWhatTheyDoNotShareIsLeftAlone(long seed) {
        Random random = new Random(seed);
        String one = random(random, "one");
        String two = random(random, "two");

        Desired forth = Given.desired(Given.facts(), one, two);

        Desired back = Given.desired(Given.facts(), two, one);
        assertThat(forth).isEqualTo(back);
        Desired alone = Given.desired(Given.facts(), one);
        alone.values().forEach((path, wanted) -> {
            if (!Given.desired(Given.facts(), two).values().containsKey(path)) {
                assertThat(value(forth, path)).isEqualTo(wanted.value());
            }
        });
        forth.undecided()
                .forEach(path -> assertThat(forth.remarks())
                        .anyMatch(remark ->
                                remark.kind() == Kind.CLASH && remark.what().equals(path)));
    }

    private static String random(Random random, String name) {
        StringBuilder yaml = new StringBuilder("{name: " + name + ", priority: " + random.nextInt(2) + ", values: {");
        List.of("A", "B", "C", "D").forEach(path -> {
            if (random.nextBoolean()) {
                yaml.append("Device.")
                        .append(path)
                        .append(": ")
                        .append(random.nextInt(3))
                        .append(", ");
            }
        });
        return yaml.append("}}").toString();
    }
}

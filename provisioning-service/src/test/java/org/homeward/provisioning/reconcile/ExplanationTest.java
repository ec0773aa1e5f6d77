package org.homeward.provisioning.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.homeward.provisioning.profile.Given;
import org.homeward.provisioning.reconcile.Explanation.Line;
import org.junit.jupiter.api.Test;

class ExplanationTest {

    private static final String PROFILE = "{name: a, values: {Device.A: 1, Device.B: 2}}";

    private static Bench bench(Box box, String... profiles) {
        return new Bench(box.with("Device.A", "1").with("Device.B", "x"), profiles);
    }

    private static Line line(Explanation explanation, String path) {
        return explanation.values().stream()
                .filter(line -> line.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void tellsWhenItWasWrittenAndWhenTheDeviceConfirmedIt() {
        Bench bench = bench(new Box(), PROFILE);
        Instant first = bench.now;
        bench.session("0 BOOTSTRAP");

        Explanation explanation = bench.explanation();

        assertThat(explanation.words()).isEqualTo("All 2 settings of this device are as profiles say.");
        assertThat(explanation.settled()).isTrue();
        Line already = line(explanation, "Device.A");
        assertThat(already.written()).isNull();
        assertThat(already.verified()).isEqualTo(first);
        assertThat(already.words())
                .isEqualTo("It was so already, and the device confirmed it on 21 November 2026 at 10:00:00 UTC.");
        Line written = line(explanation, "Device.B");
        assertThat(written.written()).isEqualTo(first);
        assertThat(written.verified()).isEqualTo(first);
        assertThat(written.reported()).isEqualTo("2");
        assertThat(written.source()).hasToString("a version 1, values.Device.B");
        assertThat(written.words()).startsWith("It was written on 21 November 2026 at 10:00:00 UTC, and the device");
    }

    @Test
    void aBootIsWhenItWasConfirmedLast() {
        Bench bench = bench(new Box(), PROFILE);
        Instant first = bench.now;
        bench.session("0 BOOTSTRAP");
        bench.pass(Duration.ofHours(1));
        Instant later = bench.now;
        bench.session("1 BOOT");

        Line line = line(bench.explanation(), "Device.B");

        assertThat(line.written()).isEqualTo(first);
        assertThat(line.verified()).isEqualTo(later);
    }

    @Test
    void aDivergingValueIsShownWithWhatIsWantedAndReportedAndWhenItIsTriedAgain() {
        Box box = new Box();
        box.habits.put("Device.B", written -> "mine");
        Bench bench = bench(box, PROFILE);
        Instant first = bench.now;
        bench.session("0 BOOTSTRAP");

        Explanation explanation = bench.explanation();

        Line line = line(explanation, "Device.B");
        assertThat(line.state()).isEqualTo("diverging");
        assertThat(line.wanted()).isEqualTo("2");
        assertThat(line.reported()).isEqualTo("mine");
        assertThat(line.written()).isEqualTo(first);
        assertThat(line.verified()).isNull();
        assertThat(line.until()).isEqualTo(first.plusSeconds(10));
        assertThat(line.words())
                .isEqualTo("The device took the value on 21 November 2026 at 10:00:00 UTC, but says \"mine\". It is"
                        + " tried again at the first session after 21 November 2026 at 10:00:10 UTC, for the 2nd"
                        + " time.");
        assertThat(explanation.words())
                .isEqualTo("1 of 2 settings of this device are as profiles say. 1 differs though the device took the"
                        + " value.");
    }

    @Test
    void tellsWhatWaitsAndForWhat() {
        Bench bench = bench(new Box(), PROFILE);
        bench.session("0 BOOTSTRAP");
        bench.profiles = Given.active("{name: a, values: {Device.A: 7, Device.C: 1}}");

        Explanation explanation = bench.explanation();

        assertThat(explanation.settled()).isFalse();
        assertThat(line(explanation, "Device.A").words())
                .isEqualTo("The device says \"1\". It will be made \"7\" at the device's next session.");
        assertThat(line(explanation, "Device.C").words()).isEqualTo("It will be read at the device's next session.");
        assertThat(explanation.words())
                .isEqualTo("0 of 2 settings of this device are as profiles say. 2 wait for its next session.");
    }

    @Test
    void aSecretIsNeitherShownNorReadBack() {
        Box box = new Box().with("Device.Password", "old");
        Bench bench = new Bench(box, "{name: a, values: {Device.Password: geheimnis}}");
        bench.session("0 BOOTSTRAP");

        Explanation explanation = bench.explanation();

        assertThat(explanation.toString()).doesNotContain("geheimnis", "v1.sealed");
        assertThat(line(explanation, "Device.Password").words())
                .isEqualTo("The device has taken it on 21 November 2026 at 10:00:00 UTC.");
    }

    @Test
    void aConditionThatThrowsIsAReportedStateAndNoLoop() {
        Bench bench = bench(
                new Box(),
                "{name: a, condition: 'reported[\"Device.B\"].split(\"-\")[7] == \"y\"', values: {Device.A: 7}}");
        bench.session("0 BOOTSTRAP");
        bench.session("2 PERIODIC");
        Standing settled = bench.standing;

        for (int i = 0; i < 10; i++) {
            assertThat(bench.session("2 PERIODIC")).isEmpty();
        }

        assertThat(bench.standing).isSameAs(settled);
        assertThat(settled.settled()).isTrue();
        Explanation explanation = bench.explanation();
        assertThat(explanation.remarks()).singleElement().satisfies(note -> {
            assertThat(note.kind()).isEqualTo("failed");
            assertThat(note.what()).isEqualTo("condition");
            assertThat(note.words()).startsWith("This can't be worked out for this device: ");
        });
        assertThat(explanation.words()).isEqualTo("1 can't come true as profiles stand; see the remarks.");
        assertThat(bench.box.values).containsEntry("Device.A", "1");
    }

    @Test
    void aTemplateWithAMissingAttributeNeverReachesTheDeviceAndNamesWhatIsMissing() {
        Bench bench = bench(
                new Box(),
                "{name: a, values: {Device.A: {expression: services.internet.username + '@isp'}, Device.B: 2}}");
        bench.session("0 BOOTSTRAP");

        Explanation explanation = bench.explanation();

        assertThat(bench.box.writes).doesNotContainKey("Device.A").containsEntry("Device.B", 1);
        assertThat(bench.session("2 PERIODIC")).isEmpty();
        assertThat(explanation.remarks()).singleElement().satisfies(note -> {
            assertThat(note.kind()).isEqualTo("incomplete");
            assertThat(note.what()).isEqualTo("Device.A");
            assertThat(note.words())
                    .isEqualTo("This waits, because services.internet.username is not known of this device.");
        });
    }
}

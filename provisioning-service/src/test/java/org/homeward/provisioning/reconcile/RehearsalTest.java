package org.homeward.provisioning.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.ValueType;
import org.homeward.provisioning.profile.Given;
import org.homeward.provisioning.reconcile.Forecast.Change;
import org.homeward.provisioning.reconcile.Forecast.Stuck;
import org.junit.jupiter.api.Test;

class RehearsalTest {

    private static Box box() {
        return new Box()
                .withTable("Device.T.")
                .with("Device.A", "x")
                .with("Device.B", "x")
                .with("Device.C", "x")
                .with("Device.Password", "factory");
    }

    private static Bench settled(Box box, String... profiles) {
        Bench bench = new Bench(box, profiles);
        bench.session("0 BOOTSTRAP");
        bench.session("2 PERIODIC");
        assertThat(bench.standing.settled()).isTrue();
        return bench;
    }

    @Test
    void whatIsForetoldIsWhatIsDone() {
        Bench bench = settled(
                box(),
                "{name: a, values: {Device.A: 1, Device.B: 2}, attributes: {Device.A: {notification: 2}},"
                        + " objects: [{table: Device.T., key: [K], extra: remove, rows: [{K: 1, V: one}, {K: 2, V: two}]}]}");
        bench.profiles = Given.active(
                "{name: a, reboot: whenNeeded, values: {Device.A: 7, Device.B: 2}, attributes: {Device.A: {notification: 1}},"
                        + " objects: [{table: Device.T., key: [K], extra: remove, rows: [{K: 1, V: eins}, {K: 3, V: three}]}]}");

        Forecast forecast = bench.forecast("a");

        assertThat(forecast.changes())
                .extracting(Change::path, Change::from, Change::to, Change::how)
                .containsExactlyInAnyOrder(
                        tuple("Device.T.2.", "Device.T.2.", "", "delete"),
                        tuple("Device.T.[K=3]", null, "K=3", "add"),
                        tuple("Device.A", "1", "7", "write"),
                        tuple("Device.T.1.V", "one", "eins", "write"),
                        tuple("Device.A#notification", "2", "1", "attribute"));
        assertThat(forecast.unread()).isEmpty();
        assertThat(forecast.cannot()).isEmpty();
        assertThat(forecast.sessions()).isEqualTo(2);
        assertThat(forecast.reboots()).isEqualTo(1);
        assertThat(forecast.seconds()).isGreaterThanOrEqualTo(120);
        assertThat(bench.session("2 PERIODIC")).hasSize(forecast.rpcs());
        assertThat(bench.forecast("a").changes()).isEmpty();
    }

    @Test
    void nothingIsChangedByIt() {
        Bench bench = settled(box(), "{name: a, values: {Device.A: 1}}");
        Standing before = bench.standing;
        bench.profiles = Given.active("{name: a, values: {Device.A: 7}}");

        bench.forecast("a");

        assertThat(bench.standing).isSameAs(before);
        assertThat(bench.box.values).containsEntry("Device.A", "1");
    }

    @Test
    void whatNobodyReadIsForetoldAsAChangeAndSaidToBeUnread() {
        Bench bench = settled(box(), "{name: a, values: {Device.A: 1}}");
        bench.profiles = Given.active("{name: a, values: {Device.A: 1, Device.C: 1, Device.Password: geheimnis}}");

        Forecast forecast = bench.forecast("a");

        assertThat(forecast.unread()).containsExactly("Device.C");
        assertThat(forecast.changes())
                .containsExactly(
                        new Change("Device.C", null, "1", "write"),
                        new Change("Device.Password", null, "(secret)", "write"));
        assertThat(bench.session("2 PERIODIC")).hasSize(forecast.rpcs());
    }

    @Test
    void whatOthersHeardOfTheDeviceCounts() {
        Bench bench = settled(box(), "{name: a, values: {Device.A: 1}}");
        bench.profiles = Given.active("{name: a, values: {Device.A: 1, Device.B: x, Device.C: 1}}");
        Standing told = bench.standing.told(List.of(
                new ParameterValue("Device.A", "old news", ValueType.STRING),
                new ParameterValue("Device.B", "x", ValueType.STRING),
                new ParameterValue("Device.C", "x", ValueType.STRING)));
        assertThat(bench.standing.knows(List.of("Device.A"))).isTrue();
        assertThat(bench.standing.knows(List.of("Device.A", "Device.C"))).isFalse();
        bench.standing = told;

        Forecast forecast = bench.forecast("a");

        assertThat(forecast.unread()).isEmpty();
        assertThat(forecast.changes()).containsExactly(new Change("Device.C", "x", "1", "write"));
        assertThat(forecast.rpcs()).isEqualTo(3);
    }

    @Test
    void whatCanNotComeTrueIsTold() {
        Box box = box();
        box.refuses.put("Device.B", true);
        Bench bench = settled(box, "{name: a, values: {Device.B: 7, Device.Lacking: 1}}");

        Forecast forecast = bench.forecast("a");

        assertThat(forecast.changes()).isEmpty();
        assertThat(forecast.rpcs()).isZero();
        assertThat(forecast.cannot())
                .containsExactly(new Stuck("Device.B", "refused"), new Stuck("Device.Lacking", "missing"));
    }
}

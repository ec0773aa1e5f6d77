package org.homeward.provisioning.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.homeward.contracts.device.DeviceFacts;
import org.homeward.contracts.order.OrderEvent.OrderFailed;
import org.homeward.contracts.order.OrderEvent.OrderSucceeded;
import org.homeward.contracts.order.OrderTask.Settle;
import org.homeward.contracts.plan.Action;
import org.homeward.contracts.plan.Step;
import org.homeward.contracts.rpc.ParameterFault;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.Rpc;
import org.homeward.contracts.rpc.RpcResult;
import org.homeward.contracts.rpc.ValueType;
import org.homeward.contracts.session.SessionEvent.InformReceived;
import org.homeward.contracts.session.SessionEvent.SessionClosed;
import org.homeward.provisioning.capability.Capabilities;
import org.homeward.provisioning.profile.ActiveProfiles;
import org.homeward.provisioning.profile.PersonalSettings;
import org.homeward.provisioning.profile.PersonalSettings.Choice;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SettlingTest {

    private static final Capabilities CAPABILITIES = Capabilities.shipped();
    private static final String NAME = "wifi.networks[2.4GHz].ssid";
    private static final String SSID = "Device.WiFi.SSID.1.SSID";
    private static final Settle ORDER = new Settle("personalSettings", List.of(NAME));

    private final Scenario device = Scenario.ofKnownDevice(new Scenario(Scenario.policy(32, 100), CAPABILITIES));

    @BeforeEach
    void somethingIsChosen() {
        choose(1, "home");
    }

    private void choose(long revision, String name) {
        device.profiles = ActiveProfiles.NONE.with(
                PersonalSettings.of(revision, List.of(new Choice(NAME, name, device.now)), CAPABILITIES));
    }

    private static ParameterValue value(String path, String value) {
        return new ParameterValue(path, value, ValueType.STRING);
    }

    /** What it says of itself, its network so named. */
    private void read(String session, String ssid) {
        Step step = device.plan().steps().getFirst();
        assertThat(step.action()).isInstanceOf(Action.ReadTree.class);
        device.partly(
                session,
                step,
                new RpcResult.Values(List.of(
                        value("Device.WiFi.Radio.1.OperatingFrequencyBand", "2.4GHz"),
                        value("Device.WiFi.SSID.1.LowerLayers", "Device.WiFi.Radio.1."),
                        value("Device.WiFi.AccessPoint.1.SSIDReference", "Device.WiFi.SSID.1."),
                        value(SSID, ssid))));
        device.answer(session, step, Scenario.tree());
    }

    private List<ParameterValue> written() {
        return ((Action.WriteValues) device.plan().steps().getFirst().action()).values();
    }

    private void settled(String session) {
        device.inform(session, "6 CONNECTION REQUEST");
        read(session, "factory");
        device.answer(session, device.plan().steps().getFirst(), new RpcResult.Values(List.of(value(SSID, "home"))));
        device.close(session);
    }

    @Test
    void theDeviceIsWokenToldAndAskedAndThenTheOrderHasSucceeded() {
        device.order("o", ORDER);
        assertThat(device.wakesNow()).hasSize(1);

        settled("s");

        assertThat(device.states("o")).containsExactly("Queued", "Waking", "Running", "Succeeded");
        assertThat(((OrderSucceeded) device.end("o")).result()).isEqualTo(Map.of("settings", Map.of(NAME, "verified")));
        assertThat(device.plan().steps()).isEmpty();
    }

    @Test
    void whatTheDeviceRefusesIsToldWithItsNameAndNotTriedAgain() {
        device.order("o", ORDER);
        device.inform("s", "6 CONNECTION REQUEST");
        read("s", "factory");

        device.answer(
                "s",
                device.plan().steps().getFirst(),
                new RpcResult.Fault(9003, "Invalid", List.of(new ParameterFault(SSID, 9007, "too long"))));

        assertThat(device.effects)
                .contains(new Effect.Declined(
                        device.ledger.finished().getLast(),
                        Map.of(NAME, "the device refused it with fault 9007: too long")));
        assertThat(((OrderFailed) device.end("o")).fault().parameter()).isEqualTo(NAME);
        device.close("s");
        device.inform("later", "2 PERIODIC");
        assertThat(device.plan().steps()).isEmpty();
    }

    @Test
    void whatIsSoAlreadyIsNotWritten() {
        device.order("o", ORDER);
        device.inform("s", "6 CONNECTION REQUEST");

        read("s", "home");

        assertThat(device.states("o")).endsWith("Succeeded");
        assertThat(device.plan().steps()).isEmpty();
    }

    @Test
    void aSessionThatBreaksOffIsTakenUpInAnother() {
        device.order("o", ORDER);
        device.inform("s", "6 CONNECTION REQUEST");
        device.close("s", SessionClosed.Reason.GATEWAY_FAILED);

        settled("again");

        assertThat(device.states("o")).endsWith("Running", "Succeeded");
    }

    @Test
    void aNewerSessionTakesUpWhatAnOlderOneBegan() {
        device.order("o", ORDER);
        device.inform("s", "6 CONNECTION REQUEST");

        settled("newer");

        assertThat(device.states("o")).endsWith("Running", "Succeeded");
    }

    @Test
    void whatTheUserMakesOfItAtTheBoxStays() {
        device.order("o", ORDER);
        settled("s");

        device.say(withValue("later", SSID, "mine"));

        assertThat(device.plan().steps()).isEmpty();
    }

    @Test
    void whatIsChosenOnceMoreIsWrittenThoughTheUserMadeItSomethingElse() {
        device.order("o", ORDER);
        settled("s");
        device.say(withValue("later", SSID, "mine"));
        device.close("later");

        device.order("p", ORDER);
        device.inform("t", "6 CONNECTION REQUEST");

        assertThat(written()).containsExactly(value(SSID, "home"));
    }

    @Test
    void aFactoryResetGivesItBack() {
        device.order("o", ORDER);
        settled("s");

        device.inform("reset", "0 BOOTSTRAP");
        for (Step step : device.plan().steps()) {
            if (step.action() instanceof Action.ReadTree) {
                device.partly(
                        "reset",
                        step,
                        new RpcResult.Values(List.of(
                                value("Device.WiFi.Radio.1.OperatingFrequencyBand", "2.4GHz"),
                                value("Device.WiFi.SSID.1.LowerLayers", "Device.WiFi.Radio.1."),
                                value("Device.WiFi.AccessPoint.1.SSIDReference", "Device.WiFi.SSID.1."),
                                value(SSID, "factory"))));
                device.answer("reset", step, Scenario.tree());
            } else {
                device.answer("reset", step, new RpcResult.Applied(0));
            }
        }

        assertThat(written()).containsExactly(value(SSID, "home"));
    }

    private void belongsTo(String subscriber) {
        device.happen(new Input.Described(new DeviceFacts(
                Scenario.IDENTITY, "Device.", "1.0", "", "", Set.of(), subscriber, false, true, null, List.of())));
    }

    @Test
    void aDeviceThatGetsASubscriberIsCalledToBeToldWhatThatOneChose() {
        belongsTo("ann");
        assertThat(device.wakesNow()).hasSize(1);

        settled("s");

        assertThat(device.history).last().isInstanceOf(OrderSucceeded.class);
        belongsTo("ann");
        assertThat(device.wakesNow()).isEmpty();
    }

    @Test
    void aDeviceWhoseSubscriberChoseNothingIsLeftAlone() {
        device.profiles = ActiveProfiles.NONE;

        belongsTo("ann");

        assertThat(device.wakesNow()).isEmpty();
    }

    @Test
    void rowsThatAreChosenAreAddedAndOthersRemoved() {
        String rows = PersonalSettings.text(
                List.of(Map.of("port", "8443", "protocol", "TCP", "toAddress", "192.168.1.20", "toPort", "443")));
        device.profiles = ActiveProfiles.NONE.with(
                PersonalSettings.of(3, List.of(new Choice("portForwards", rows, device.now)), CAPABILITIES));
        device.order("o", new Settle("personalSettings", List.of("portForwards")));
        device.inform("s", "6 CONNECTION REQUEST");
        Step read = device.plan().steps().getFirst();
        String table = "Device.NAT.PortMapping.";
        device.partly(
                "s",
                read,
                new RpcResult.Values(
                        List.of(value(table + "1.ExternalPort", "22"), value(table + "1.Protocol", "TCP"))));
        device.answer("s", read, Scenario.tree());

        List<Step> steps = device.plan().steps();
        assertThat(steps).hasSize(2);
        assertThat(((Action.Call) steps.getFirst().action()).rpc())
                .isInstanceOfSatisfying(
                        Rpc.DeleteObject.class,
                        delete -> assertThat(delete.object()).isEqualTo(table + "1."));
        assertThat(((Action.CreateObject) steps.getLast().action()).values())
                .filteredOn(value -> value.path().equals("ExternalPort"))
                .extracting(ParameterValue::value)
                .containsExactly("8443");
    }

    private InformReceived withValue(String session, String path, String value) {
        InformReceived inform = device.informReceived(session, device.now.plusSeconds(5), "4 VALUE CHANGE");
        List<ParameterValue> parameters = new ArrayList<>(inform.parameters());
        parameters.add(value(path, value));
        return new InformReceived(
                inform.session(),
                inform.gateway(),
                inform.replyTo(),
                inform.planBy(),
                inform.device(),
                inform.events(),
                parameters,
                inform.currentTime(),
                inform.retryCount(),
                inform.namespace(),
                inform.remoteAddress(),
                inform.authentication());
    }
}

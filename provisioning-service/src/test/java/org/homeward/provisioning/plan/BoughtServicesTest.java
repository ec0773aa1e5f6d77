package org.homeward.provisioning.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.homeward.contracts.device.DeviceFacts;
import org.homeward.contracts.device.DeviceFacts.Service;
import org.homeward.contracts.device.DeviceFacts.Subscriber;
import org.homeward.contracts.plan.Action;
import org.homeward.contracts.plan.GatewayCommand.SessionPlan;
import org.homeward.contracts.plan.Step;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.RpcResult;
import org.homeward.contracts.rpc.ValueType;
import org.homeward.provisioning.profile.Given;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What subscribers bought, in conditions and values. */
class BoughtServicesTest {

    private static final String USERNAME = "Device.PPP.Interface.1.Username";
    private static final String PASSWORD = "Device.PPP.Interface.1.Password";
    private static final String VLAN = "Device.Ethernet.VLANTermination.1.VLANID";
    private static final String PROFILE = "{name: internet, condition: services.internet.speed >= 100, values: {"
            + USERNAME + ": {expression: services.internet.username}, "
            + PASSWORD + ": {expression: services.internet.password}, "
            + VLAN + ": {expression: services.internet.vlan}}}";

    private final Scenario device = new Scenario();

    private static Service internet(Map<String, Object> attributes, String password) {
        return new Service("S-1", "internet", attributes, Map.of("password", password));
    }

    private void bought(Service... services) {
        told(new Subscriber("alice", Map.of("city", "Hagen"), Map.of()), services);
    }

    private void told(@Nullable Subscriber subscriber, Service... services) {
        device.happen(new Input.Described(new DeviceFacts(
                Scenario.IDENTITY,
                "Device.",
                "1.0",
                "",
                "",
                Set.of(),
                subscriber == null ? null : subscriber.id(),
                false,
                true,
                subscriber,
                List.of(services))));
    }

    /** The first session up to what the profile writes; empty where it writes nothing. */
    private List<ParameterValue> firstContact() {
        read();
        return written();
    }

    /** The first session up to where the device is read and set up. */
    private void read() {
        device.inform("first", "0 BOOTSTRAP");
        SessionPlan plan = device.plan();
        for (Step step : plan.steps()) {
            if (step.action() instanceof Action.ReadTree) {
                device.partly(
                        "first",
                        step,
                        new RpcResult.Values(List.of(
                                new ParameterValue(USERNAME, "", ValueType.STRING),
                                new ParameterValue(PASSWORD, "", ValueType.STRING),
                                new ParameterValue(VLAN, "0", ValueType.UNSIGNED_INT))));
                device.answer("first", plan, step, Scenario.tree());
            } else {
                device.answer("first", plan, step, new RpcResult.Applied(0));
            }
        }
    }

    private List<ParameterValue> written() {
        return device.plan().steps().stream()
                .map(Step::action)
                .filter(Action.WriteValues.class::isInstance)
                .flatMap(action -> ((Action.WriteValues) action).values().stream())
                .toList();
    }

    @Test
    void whatIsBoughtIsWritten() {
        device.profiles = Given.active(PROFILE);
        bought(internet(Map.of("username", "alice@isp", "vlan", 7, "speed", 250), "v1.bound"));

        List<ParameterValue> written = firstContact();

        assertThat(written)
                .containsExactlyInAnyOrder(
                        new ParameterValue(USERNAME, "alice@isp", ValueType.STRING),
                        new ParameterValue(PASSWORD, "v1.passed on", ValueType.STRING, true),
                        new ParameterValue(VLAN, "7", ValueType.UNSIGNED_INT));
    }

    @Test
    void aNewBoxIsKeptWaitingUntilTheRegistrySaysWhoseItIs() {
        device.profiles = Given.active(PROFILE);
        read();
        assertThat(device.plansNow()).isEmpty();

        bought(internet(Map.of("username", "alice@isp", "vlan", 7, "speed", 250), "v1.bound"));

        assertThat(device.plansNow()).hasSize(1);
        device.answer(
                "first",
                device.plan().steps().getFirst(),
                new RpcResult.Values(List.of(
                        new ParameterValue(USERNAME, "", ValueType.STRING),
                        new ParameterValue(PASSWORD, "", ValueType.STRING),
                        new ParameterValue(VLAN, "0", ValueType.UNSIGNED_INT))));
        assertThat(written()).extracting(ParameterValue::path).containsExactlyInAnyOrder(USERNAME, PASSWORD, VLAN);
    }

    @Test
    void aNewBoxThatIsNobodysIsLetGoAsSoonAsThatIsKnown() {
        device.profiles = Given.active(PROFILE);
        read();

        told(null);

        assertThat(device.plansNow()).singleElement().satisfies(plan -> {
            assertThat(plan.steps()).isEmpty();
            assertThat(plan.last()).isTrue();
        });
    }

    @Test
    void aNewBoxIsLetGoBeforeItsGatewayGivesUpWhenTheRegistrySaysNothing() {
        device.profiles = Given.active(PROFILE);
        read();
        Instant waiting = device.now;

        device.ring();

        assertThat(device.now).isBetween(waiting.plusSeconds(1), waiting.plusSeconds(4));
        assertThat(device.plansNow()).singleElement().satisfies(plan -> {
            assertThat(plan.steps()).isEmpty();
            assertThat(plan.last()).isTrue();
        });
    }

    @Test
    void aBoxThatTheRegistryToldOfIsNotKeptWaiting() {
        device.profiles = Given.active(PROFILE);
        told(null);

        read();

        assertThat(device.plan().steps()).isEmpty();
        assertThat(device.plan().last()).isTrue();
    }

    @Test
    void whoBoughtLessIsNotConcerned() {
        device.profiles = Given.active(PROFILE);
        bought(internet(Map.of("username", "alice@isp", "vlan", 7, "speed", 16), "v1.bound"));

        assertThat(firstContact()).isEmpty();
    }

    @Test
    void aServiceIsNamedByItsIdAsWell() {
        device.profiles = Given.active(
                "{name: a, values: {" + USERNAME
                        + ": {expression: 'services[\"S-1\"].username + \"/\" + services[\"S-1\"].type + \"/\" + subscriber.city'}}}");
        bought(internet(Map.of("username", "alice@isp"), "v1.bound"));

        assertThat(firstContact()).extracting(ParameterValue::value).containsExactly("alice@isp/internet/Hagen");
    }

    @Test
    void aPasswordThatIsAnotherNowIsWrittenAtTheNextContactAndOneThatIsToldAgainIsNot() {
        device.profiles = Given.active(PROFILE);
        Map<String, Object> attributes = Map.of("username", "alice@isp", "vlan", 7, "speed", 250);
        bought(internet(attributes, "v1.bound"));
        device.answer("first", only(firstContact()), new RpcResult.Values(written()));
        device.close("first");
        DeviceLedger before = device.ledger;
        bought(internet(attributes, "v1.bound"));
        assertThat(device.ledger.differsForGood(before)).isFalse();

        bought(internet(attributes, "v1.bound anew"));
        device.inform("s", "2 PERIODIC");

        assertThat(written()).extracting(ParameterValue::path).containsExactly(PASSWORD);
    }

    private Step only(List<ParameterValue> written) {
        assertThat(written).isNotEmpty();
        assertThat(device.plan().steps()).hasSize(1);
        return device.plan().steps().getFirst();
    }

    @Test
    void aSecretThatCanNotBeOpenedIsNotWrittenAndTheRestIs() {
        device.profiles = Given.active(PROFILE);
        bought(internet(Map.of("username", "alice@isp", "vlan", 7, "speed", 250), "v1.unreadable"));

        List<ParameterValue> written = firstContact();

        assertThat(written).extracting(ParameterValue::path).containsExactlyInAnyOrder(USERNAME, VLAN);
        device.answer("first", only(written), new RpcResult.Values(written));
        assertThat(device.plan().steps()).isEmpty();
        assertThat(device.ledger.standing().settled()).isTrue();
    }

    @Test
    void aSecretThatSomethingIsAddedToGoesNowhere() {
        device.profiles = Given.active(
                "{name: a, values: {" + PASSWORD + ": {expression: 'services.internet.password + \"x\"'}}}");
        bought(internet(Map.of(), "v1.bound"));

        assertThat(firstContact()).isEmpty();
    }

    @Test
    void whatTheServiceLacksKeepsItsValueBackAndIsNamed() {
        device.profiles = Given.active(PROFILE);
        bought(internet(Map.of("username", "alice@isp", "speed", 250), "v1.bound"));

        assertThat(firstContact()).extracting(ParameterValue::path).doesNotContain(VLAN);
    }
}

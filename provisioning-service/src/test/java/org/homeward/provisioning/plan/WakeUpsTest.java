package org.homeward.provisioning.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.homeward.contracts.order.OrderEvent.OrderExpired;
import org.homeward.contracts.order.OrderEvent.OrderFailed;
import org.homeward.contracts.order.OrderEvent.OrderSucceeded;
import org.homeward.contracts.order.OrderTask.Connect;
import org.homeward.contracts.rpc.RpcResult;
import org.homeward.contracts.wakeup.DeliverConnectionRequest;
import org.junit.jupiter.api.Test;

class WakeUpsTest {

    private final Scenario device = Scenario.ofKnownDevice();

    @Test
    void anOrderWakesTheDeviceAtTheAddressItNamed() {
        device.order("o", Scenario.get("Device.X"));
        DeliverConnectionRequest request = device.wakesNow().getFirst();
        assertThat(request.url()).isEqualTo("http://192.0.2.7:7547/cr");
        assertThat(request.username()).isEqualTo("001122-BOX-S1");
        assertThat(request.sealedPassword()).isEqualTo("sealed-cr");
        assertThat(request.lastAddress()).isEqualTo("192.0.2.7");
        assertThat(request.deadline()).isEqualTo(device.now.plusSeconds(10));
    }

    @Test
    void anOrderThatDoesNotWantToWakeWaits() {
        device.order("o", Scenario.get("Device.X"), false);
        assertThat(device.wakesNow()).isEmpty();
        device.inform("s", "2 PERIODIC");
        assertThat(device.plan().steps()).hasSize(1);
    }

    @Test
    void manyOrdersAreOneWakeUp() {
        device.order("o1", Scenario.get("Device.X"));
        device.order("o2", Scenario.get("Device.X"));
        assertThat(device.wakesNow()).isEmpty();
        assertThat(device.states("o2")).containsExactly("Queued", "Waking");
    }

    @Test
    void anUnreachableDeviceIsTriedAgainLessAndLessOften() {
        device.order("o", Scenario.get("Device.X"));
        for (int i = 0; i < 6; i++) {
            device.unreachable(device.wakesNow().getFirst().request());
            assertThat(device.wakesNow()).isEmpty();
            device.pass(Duration.ofSeconds(1L << i));
            assertThat(device.wakesNow()).hasSize(1);
        }
        assertThat(device.all).filteredOn(Effect.Note.class::isInstance).hasSize(6);
    }

    @Test
    void anOrderThatExpiresSaysHowTheLastWakeUpWent() {
        device.order("o", Scenario.get("Device.X"));
        while (!(device.end("o") instanceof OrderExpired)) {
            if (!device.wakesNow().isEmpty()) {
                device.unreachable(device.wakesNow().getFirst().request());
            }
            device.ring();
        }
        assertThat(((OrderExpired) device.end("o")).why()).isEqualTo("unreachable: no route");
    }

    @Test
    void aDeviceThatAcceptedButDoesNotCallIsCalledAgain() {
        device.order("o", Scenario.get("Device.X"));
        device.delivered(device.wakesNow().getFirst());
        device.pass(Duration.ofSeconds(29));
        assertThat(device.wakesNow()).isEmpty();
        device.pass(Duration.ofSeconds(3));
        assertThat(device.all)
                .filteredOn(effect -> effect instanceof Effect.Note note
                        && note.attempt().outcome().equals("silent"))
                .hasSize(1);
        assertThat(device.wakesNow()).hasSize(1);
    }

    @Test
    void aConnectorThatNeverReportsDoesNotStopTheOrder() {
        device.order("o", Scenario.get("Device.X"));
        device.pass(Duration.ofSeconds(17));
        assertThat(device.wakesNow()).hasSize(1);
    }

    @Test
    void aDeviceInSessionIsNotWoken() {
        device.order("o1", Scenario.get("Device.X"));
        device.inform("s", "6 CONNECTION REQUEST");
        device.order("o2", Scenario.get("Device.Y"));
        assertThat(device.wakesNow()).isEmpty();
    }

    @Test
    void withoutAnAddressTheOrderWaitsForTheNextSessionAndSaysSo() {
        Scenario hidden = new Scenario();
        hidden.happen(new Input.Registered());
        hidden.order("o", Scenario.get("Device.X"));
        assertThat(hidden.wakesNow()).isEmpty();
        assertThat(hidden.effects)
                .filteredOn(Effect.Note.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(
                        Effect.Note.class,
                        note -> assertThat(note.attempt().outcome()).isEqualTo("no-address"));
        hidden.pass(Duration.ofHours(1));
        assertThat(hidden.all).filteredOn(Effect.Note.class::isInstance).hasSize(1);
    }

    @Test
    void theEndOfASessionWakesForWhatCouldNotBeAddedToIt() {
        device.inform("s", "2 PERIODIC");
        device.now = device.now.plusSeconds(20);
        device.order("o", Scenario.get("Device.X"));
        assertThat(device.plansNow()).isEmpty();
        assertThat(device.wakesNow()).isEmpty();
        device.close("s");
        assertThat(device.wakesNow()).hasSize(1);
    }

    @Test
    void connectIsDoneWhenTheDeviceCalls() {
        device.order("c", new Connect());
        device.delivered(device.wakesNow().getFirst());
        device.inform("s", "6 CONNECTION REQUEST");
        assertThat(device.end("c"))
                .isInstanceOfSatisfying(
                        OrderSucceeded.class,
                        done -> assertThat(done.result())
                                .containsEntry("transport", "http")
                                .containsEntry("address", "192.0.2.7:7547"));
        assertThat(device.plan().steps()).isEmpty();
    }

    @Test
    void connectFailsWithTheFirstEvidence() {
        device.order("c", new Connect());
        device.unreachable(device.wakesNow().getFirst().request());
        assertThat(device.end("c"))
                .isInstanceOfSatisfying(
                        OrderFailed.class,
                        failed -> assertThat(failed.fault().text()).isEqualTo("no route"));
    }

    @Test
    void whoeverAsksAnewNeedNotWaitForALongRestToEnd() {
        device.order("o", Scenario.get("Device.X"));
        for (int i = 0; i < 8; i++) {
            device.unreachable(device.wakesNow().getFirst().request());
            device.ring();
        }
        device.unreachable(device.wakesNow().getFirst().request());
        device.order("c", new Connect());
        assertThat(device.wakesNow()).hasSize(1);
    }

    @Test
    void aSecondResultForTheSameRequestIsIgnored() {
        device.order("o", Scenario.get("Device.X"));
        DeliverConnectionRequest request = device.wakesNow().getFirst();
        device.unreachable(request.request());
        device.unreachable(request.request());
        assertThat(device.effects).isEmpty();
    }

    @Test
    void aWriteThatMayNotOvertakeDoesNotWakeTheDevice() {
        device.order("o1", Scenario.set("Device.X", "1"));
        device.inform("s", "6 CONNECTION REQUEST");
        device.answer("s", device.plan().steps().getFirst(), Scenario.fault(9002));
        device.order("o2", Scenario.set("Device.X", "2"));
        device.close("s");
        assertThat(device.wakesNow()).isEmpty();
        device.pass(Duration.ofSeconds(11));
        assertThat(device.wakesNow()).hasSize(1);
        device.inform("s2", "6 CONNECTION REQUEST");
        assertThat(device.plan().steps()).extracting(s -> s.command().value()).containsExactly("o1");
        device.answer("s2", device.plan().steps().getFirst(), new RpcResult.Applied(0));
        assertThat(device.plan().steps()).extracting(s -> s.command().value()).containsExactly("o2");
    }
}

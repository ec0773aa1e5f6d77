package org.homeward.provisioning.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.homeward.contracts.WakeUpId;
import org.homeward.contracts.order.OrderEvent.OrderExpired;
import org.homeward.contracts.order.OrderEvent.OrderFailed;
import org.homeward.contracts.order.OrderEvent.OrderSucceeded;
import org.homeward.contracts.order.OrderTask.Connect;
import org.homeward.contracts.rpc.RpcResult;
import org.homeward.contracts.wakeup.DeliverConnectionRequest;
import org.homeward.contracts.wakeup.UdpWakeUp.DeliverUdpConnectionRequest;
import org.homeward.contracts.wakeup.UdpWakeUp.StopUdpConnectionRequest;
import org.junit.jupiter.api.Test;

/** Several ways to one device: which goes first, what follows, what is learnt. */
class WaysTest {

    private static final String NAT = "192.0.2.7:40000";
    private static final String JID = "cpe-1@example.net/box";

    private final Scenario device = Scenario.ofKnownDevice();

    /** All three ways are open. */
    private void everyWay() {
        device.bound(NAT, 4, false);
        device.present(JID, true);
    }

    private DeliverConnectionRequest order(String id) {
        device.order(id, Scenario.get("Device.X"));
        return device.wakesNow().getFirst();
    }

    private WakeUpId wakeByUdpAlone() {
        Scenario hidden = device;
        hidden.url = null;
        hidden.inform("boot", "0 BOOTSTRAP");
        hidden.plan().steps().forEach(step -> hidden.answer("boot", step, Scenario.tree()));
        hidden.close("boot");
        hidden.bound(NAT, 4, false);
        hidden.order("o", Scenario.get("Device.X"));
        return hidden.udp().request();
    }

    @Test
    void aDeviceThatKeepsABindingIsCalledThroughTheConnectorThatHoldsIt() {
        wakeByUdpAlone();
        assertThat(device.effects)
                .filteredOn(Effect.WakeByUdp.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(
                        Effect.WakeByUdp.class,
                        wake -> assertThat(wake.partition()).isEqualTo(4));
        DeliverUdpConnectionRequest request = device.udp();
        assertThat(request.username()).isEqualTo("001122-BOX-S1");
        assertThat(request.sealedPassword()).isEqualTo("sealed-cr");
        assertThat(request.lastAddress()).isEqualTo("192.0.2.7");
        assertThat(request.deadline()).isEqualTo(device.now.plusSeconds(10));
        assertThat(device.states("o")).containsExactly("Queued", "Waking");
    }

    @Test
    void theNextWayFollowsAfterAMomentWhileNobodyKnowsHowTheFirstWent() {
        everyWay();
        order("o");
        device.pass(Duration.ofMillis(999));
        assertThat(device.waysNow()).containsExactly(Transport.HTTP);
        device.pass(Duration.ofMillis(1));
        assertThat(device.waysNow()).containsExactly(Transport.STUN);
        device.pass(Duration.ofSeconds(1));
        assertThat(device.waysNow()).containsExactly(Transport.XMPP);
        assertThat(device.xmppNow().getFirst().jabberId()).isEqualTo(JID);
    }

    @Test
    void theNextWayFollowsAtOnceWhenTheOneBeforeCameToNothing() {
        everyWay();
        device.unreachable(order("o").request(), Transport.HTTP, "no route");
        assertThat(device.waysNow()).containsExactly(Transport.STUN);
        device.unreachable(device.udp().request(), Transport.STUN, "binding expired");
        assertThat(device.waysNow()).containsExactly(Transport.XMPP);
    }

    @Test
    void theFailureOfAnEarlierWayDoesNotHurryOnWhatFollowsALaterOne() {
        everyWay();
        DeliverConnectionRequest http = order("o");
        device.pass(Duration.ofSeconds(1));
        device.unreachable(http.request(), Transport.HTTP, "no route");
        assertThat(device.waysNow()).isEmpty();
    }

    @Test
    void aDeviceThatAcceptedIsWaitedForALittle() {
        everyWay();
        device.delivered(order("o"));
        device.pass(Duration.ofMillis(2_999));
        assertThat(device.waysNow()).isEmpty();
        device.pass(Duration.ofMillis(1));
        assertThat(device.waysNow()).containsExactly(Transport.STUN);
    }

    @Test
    void theFailureOfTheNextWayDoesNotMakeAnAcceptanceUndone() {
        everyWay();
        device.delivered(order("o"));
        device.pass(Duration.ofSeconds(3));
        device.unreachable(device.udp().request(), Transport.STUN, "binding expired");
        assertThat(device.waysNow()).containsExactly(Transport.XMPP);
        device.unreachable(device.xmppNow().getFirst().request(), Transport.XMPP, "signed out");
        assertThat(device.states("o")).doesNotContain("Retrying");
        device.inform("s", "6 CONNECTION REQUEST");
        assertThat(device.plan().steps()).hasSize(1);
    }

    @Test
    void allWaysHaveOneDeadline() {
        everyWay();
        DeliverConnectionRequest http = order("o");
        device.pass(Duration.ofSeconds(1));
        assertThat(device.udp().deadline()).isEqualTo(http.deadline());
        device.pass(Duration.ofSeconds(1));
        assertThat(device.xmppNow().getFirst().deadline()).isEqualTo(http.deadline());
    }

    @Test
    void noWayIsTakenAfterTheDeadline() {
        everyWay();
        DeliverConnectionRequest http = order("o");
        device.now = device.now.plusSeconds(11);
        device.unreachable(http.request(), Transport.HTTP, "late");
        assertThat(device.waysNow()).isEmpty();
        assertThat(device.states("o")).endsWith("Retrying");
    }

    @Test
    void theEffortFailsWhenAllWaysHaveAndSaysWhyEachDid() {
        everyWay();
        device.order("c", new Connect());
        device.unreachable(
                device.wakesNow().getFirst().request(), Transport.HTTP, "Nothing listens at a. Wait for its Inform.");
        device.unreachable(device.udp().request(), Transport.STUN, "binding expired 40 s ago: gone. Check it.");
        device.unreachable(device.xmppNow().getFirst().request(), Transport.XMPP, "signed out. Look at the server.");
        assertThat(device.end("c"))
                .isInstanceOfSatisfying(
                        OrderFailed.class,
                        failed -> assertThat(failed.fault().text())
                                .isEqualTo(
                                        "http unreachable: Nothing listens at a; stun unreachable: binding expired 40 s ago: gone;"
                                                + " xmpp unreachable: signed out"));
    }

    @Test
    void anAttemptSaysWhatHappenedAndWhatToDoNext() {
        device.unreachable(
                order("o").request(), Transport.HTTP, "Nothing listens at 192.0.2.7:7547. Wait for it. Or not.");
        assertThat(device.notesNow()).singleElement().satisfies(note -> {
            assertThat(note.cause()).isEqualTo("Nothing listens at 192.0.2.7:7547");
            assertThat(note.next()).isEqualTo("Wait for it. Or not.");
            assertThat(note.millis()).isEqualTo(3);
            assertThat(note.outcome()).isEqualTo("unreachable");
        });
    }

    @Test
    void whatWasSentByUdpAndBroughtNothingSaysSo() {
        device.delivered(wakeByUdpAlone(), Transport.STUN, NAT);
        device.pass(Duration.ofSeconds(31));
        assertThat(device.all)
                .filteredOn(effect -> effect instanceof Effect.Note note
                        && note.attempt().outcome().equals("silent"))
                .singleElement()
                .isInstanceOfSatisfying(Effect.Note.class, note -> {
                    assertThat(note.attempt().cause()).isEqualTo("sent but no session within 30 s");
                    assertThat(note.attempt().next()).contains("STUNMaximumKeepAlivePeriod");
                });
    }

    @Test
    void copiesByUdpStopWhenTheDeviceCalls() {
        WakeUpId request = wakeByUdpAlone();
        device.delivered(request, Transport.STUN, NAT);
        device.inform("s", "6 CONNECTION REQUEST");
        assertThat(device.udpNow()).containsExactly(new StopUdpConnectionRequest(request));
    }

    @Test
    void whatBroughtTheSessionIsFirstTheNextTime() {
        everyWay();
        device.unreachable(order("o").request(), Transport.HTTP, "no route");
        device.delivered(device.udp().request(), Transport.STUN, NAT);
        device.inform("s", "6 CONNECTION REQUEST");
        device.answer("s", device.plan().steps().getFirst(), new RpcResult.Values(List.of()));
        device.close("s");
        device.order("next", Scenario.get("Device.X"));
        assertThat(device.waysNow()).containsExactly(Transport.STUN);
    }

    @Test
    void aSessionThatBeginsBeforeItsResultIsHeardIsCreditedToWhatLeftLast() {
        everyWay();
        order("o");
        device.pass(Duration.ofSeconds(1));
        device.inform("s", "6 CONNECTION REQUEST");
        assertThat(device.ledger.known().contacts().trial(Transport.STUN).worksNow())
                .isTrue();
        assertThat(device.notesNow()).singleElement().satisfies(note -> {
            assertThat(note.transport()).isEqualTo("stun");
            assertThat(note.outcome()).isEqualTo("connected");
        });
        assertThat(device.effects).contains(new Effect.Learned("192.0.2.7", Transport.STUN, true));
    }

    @Test
    void aSessionOfAnotherReasonTeachesNothing() {
        everyWay();
        order("o");
        device.inform("s", "2 PERIODIC");
        assertThat(device.ledger.known().contacts().trials()).isEmpty();
        assertThat(device.effects).noneMatch(Effect.Learned.class::isInstance);
    }

    @Test
    void connectSaysByWhichWayItWent() {
        everyWay();
        device.order("c", new Connect());
        device.unreachable(device.wakesNow().getFirst().request(), Transport.HTTP, "no route");
        device.delivered(device.udp().request(), Transport.STUN, NAT);
        device.inform("s", "6 CONNECTION REQUEST");
        assertThat(device.end("c"))
                .isInstanceOfSatisfying(
                        OrderSucceeded.class,
                        done -> assertThat(done.result())
                                .containsEntry("transport", "stun")
                                .containsEntry("address", NAT));
    }

    @Test
    void connectClaimsNoWayWhenTheDeviceCameByItself() {
        device.order("c", new Connect());
        device.inform("s", "2 PERIODIC");
        assertThat(device.end("c"))
                .isInstanceOfSatisfying(
                        OrderSucceeded.class, done -> assertThat(done.result()).containsOnlyKeys("outcome"));
    }

    @Test
    void oneEffortServesAllOrders() {
        everyWay();
        order("o1");
        device.order("o2", Scenario.get("Device.Y"));
        assertThat(device.waysNow()).isEmpty();
        device.pass(Duration.ofSeconds(1));
        assertThat(device.waysNow()).containsExactly(Transport.STUN);
        assertThat(device.states("o2")).containsExactly("Queued", "Waking", "Waking");
    }

    @Test
    void noFurtherWayIsTakenOnceTheDeviceIsThere() {
        everyWay();
        order("o");
        device.inform("s", "6 CONNECTION REQUEST");
        device.pass(Duration.ofSeconds(20));
        assertThat(device.all).noneMatch(Effect.WakeByUdp.class::isInstance);
    }

    @Test
    void noFurtherWayIsTakenForOrdersThatAreGone() {
        everyWay();
        order("o");
        device.cancel("o");
        device.pass(Duration.ofMinutes(5));
        assertThat(device.all).noneMatch(Effect.WakeByUdp.class::isInstance);
        assertThat(device.ledger.reach()).isInstanceOf(Reach.Resting.class);
    }

    @Test
    void resultsThatAreLateOrOfOtherRequestsOrSaidAgainChangeNothing() {
        everyWay();
        DeliverConnectionRequest http = order("o");
        device.unreachable(http.request(), Transport.HTTP, "no route");
        DeliverUdpConnectionRequest udp = device.udp();
        DeviceLedger before = device.ledger;
        device.unreachable(http.request(), Transport.HTTP, "no route");
        device.delivered(http);
        device.unreachable(new WakeUpId("another"), Transport.STUN, "no");
        assertThat(device.ledger).isEqualTo(before);
        device.inform("s", "6 CONNECTION REQUEST");
        before = device.ledger;
        device.delivered(udp.request(), Transport.STUN, NAT);
        assertThat(device.ledger).isEqualTo(before);
        assertThat(device.effects).isEmpty();
    }

    @Test
    void aBindingThatIsToldAgainAsItWasChangesNothing() {
        device.bound(NAT, 4, false);
        DeviceLedger before = device.ledger;
        device.now = device.now.plusSeconds(1_800);
        device.bound(NAT, 4, false);
        assertThat(device.ledger).isEqualTo(before);
    }

    @Test
    void anOrderThatWaitsWithoutAnyWayGoesOutWhenOneOpens() {
        device.url = null;
        device.inform("boot", "0 BOOTSTRAP");
        device.plan().steps().forEach(step -> device.answer("boot", step, Scenario.tree()));
        device.close("boot");
        device.order("o", Scenario.get("Device.X"));
        assertThat(device.waysNow()).isEmpty();
        device.present(JID, true);
        assertThat(device.waysNow()).containsExactly(Transport.XMPP);
    }

    @Test
    void aWayThatOpensShortensTheRest() {
        DeliverConnectionRequest http = order("o");
        device.unreachable(http.request(), Transport.HTTP, "no route");
        for (int i = 0; i < 9; i++) {
            device.ring();
            device.unreachable(device.wakesNow().getFirst().request(), Transport.HTTP, "no route");
        }
        device.now = device.now.plusSeconds(20);
        device.bound(NAT, 4, false);
        assertThat(device.waysNow()).containsExactly(Transport.STUN);
    }

    @Test
    void aWayThatOpensWhileAnotherIsTriedJoinsIn() {
        order("o");
        device.bound(NAT, 4, false);
        assertThat(device.waysNow()).isEmpty();
        device.pass(Duration.ofSeconds(1));
        assertThat(device.waysNow()).containsExactly(Transport.STUN);
    }

    @Test
    void aWayThatIsGoneWhenItsTurnComesIsLeftOut() {
        device.bound(NAT, 4, false);
        DeliverConnectionRequest http = order("o");
        device.happen(new Input.Bound(null));
        device.unreachable(http.request(), Transport.HTTP, "no route");
        assertThat(device.waysNow()).isEmpty();
        assertThat(device.states("o")).endsWith("Retrying");
    }

    @Test
    void aConnectorThatIsNotThereDoesNotHoldUpTheOthers() {
        device.bound(NAT, 4, false);
        order("o");
        device.pass(Duration.ofSeconds(1));
        device.delivered(device.udp().request(), Transport.STUN, NAT);
        device.inform("s", "6 CONNECTION REQUEST");
        assertThat(device.plan().steps()).hasSize(1);
    }

    @Test
    void aConnectorThatIsNotThereIsNamed() {
        order("o");
        device.pass(Duration.ofSeconds(16));
        assertThat(device.all)
                .filteredOn(Effect.Note.class::isInstance)
                .first()
                .isInstanceOfSatisfying(Effect.Note.class, note -> {
                    assertThat(note.attempt().cause()).startsWith("no connector reported");
                    assertThat(note.attempt().next()).contains("http-connector");
                });
        assertThat(device.all).noneMatch(Effect.Learned.class::isInstance);
    }

    @Test
    void whatTheDeviceSaysInItsInformsLeadsToItToo() {
        device.stunPartition = OptionalInt.of(2);
        device.server.put("UDPConnectionRequestAddress", "192.0.2.7:5001");
        device.server.put("ConnReqJabberID", "cpe-1@example.net/said");
        device.inform("s", "4 VALUE CHANGE");
        device.close("s");
        device.unreachable(order("o").request(), Transport.HTTP, "no route");
        assertThat(device.xmppNow().getFirst().jabberId()).isEqualTo("cpe-1@example.net/said");
        device.unreachable(device.xmppNow().getFirst().request(), Transport.XMPP, "no");
        assertThat(device.udp().reportedAddress()).isEqualTo("192.0.2.7:5001");
    }

    @Test
    void whatAnEarlierLifeOfTheBoxSaidIsForgottenButNotWhatConnectorsKnow() {
        device.server.put("ConnReqJabberID", JID);
        device.inform("s", "4 VALUE CHANGE");
        device.close("s");
        device.bound(NAT, 4, false);
        device.server.clear();
        device.inform("reset", "0 BOOTSTRAP");
        assertThat(device.ledger.known().contacts().jabberId()).isEmpty();
        assertThat(device.ledger.known().contacts().binding()).isNotNull();
    }

    @Test
    void anExpiredOrderTellsHowEachWayWent() {
        everyWay();
        device.order("o", Scenario.get("Device.X"));
        for (int i = 0; i < 200 && !(device.end("o") instanceof OrderExpired); i++) {
            List<Effect> asked = device.effects;
            for (Effect effect : asked) {
                switch (effect) {
                    case Effect.Wake wake -> device.unreachable(wake.request().request(), Transport.HTTP, "no route");
                    case Effect.WakeByUdp wake ->
                        device.unreachable(wake.request().request(), Transport.STUN, "lapsed");
                    case Effect.WakeByXmpp wake ->
                        device.unreachable(device.xmppNow().getFirst().request(), Transport.XMPP, "signed out");
                    default -> {}
                }
            }
            if (device.waysNow().isEmpty() && !(device.end("o") instanceof OrderExpired)) {
                device.ring();
            }
        }
        assertThat(device.end("o"))
                .isInstanceOfSatisfying(
                        OrderExpired.class,
                        expired -> assertThat(expired.why())
                                .contains(
                                        "http unreachable: no route",
                                        "stun unreachable: lapsed",
                                        "xmpp unreachable: signed out"));
    }
}

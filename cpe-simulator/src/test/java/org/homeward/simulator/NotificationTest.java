package org.homeward.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeward.simulator.Sessions.success;

import java.util.Map;
import org.homeward.simulator.acs.Rpcs;
import org.homeward.simulator.acs.ScriptedAcs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** TR-069 A.3.2.4 and 3.7.1.5: who is told of a change, and when. */
class NotificationTest {
    private static final String SSID = "Device.WiFi.SSID.1.SSID";
    private final ScriptedAcs acs = ScriptedAcs.start();
    private final SimulatedCpe cpe =
            SimulatedCpe.builder(acs.uri()).bootstrapped().retryScale(0).build();

    @AfterEach
    void close() {
        cpe.close();
        acs.close();
    }

    private SessionReport session() {
        return success(cpe.informNow("2 PERIODIC"));
    }

    @Test
    void aPassiveOneWaitsForTheNextSession() {
        cpe.model().notification(SSID, 1);

        cpe.change(SSID, "by-the-user");

        assertThat(cpe.isInSession()).isFalse();
        assertThat(session().events()).containsExactlyInAnyOrder("2 PERIODIC", "4 VALUE CHANGE");
        assertThat(acs.last("Inform").values()).containsEntry(SSID, "by-the-user");
    }

    @Test
    void aChangeIsToldOnce() {
        cpe.model().notification(SSID, 1);
        cpe.change(SSID, "by-the-user");
        session();

        assertThat(session().events()).containsExactly("2 PERIODIC");
        assertThat(acs.last("Inform").values()).doesNotContainKey(SSID);
    }

    @Test
    void whatTheAcsWritesItIsNotTold() {
        cpe.model().notification(SSID, 2);
        acs.ask(Rpcs.setParameterValues(Map.of(SSID, "by-the-acs"), ""));
        session();

        assertThat(cpe.pendingEvents()).isEmpty();
    }

    @Test
    void nobodyIsToldWithoutNotification() {
        cpe.change(SSID, "by-the-user");

        assertThat(cpe.pendingEvents()).isEmpty();
    }

    @Test
    void aChangeInTheMiddleOfASessionIsToldInTheNext() {
        cpe.model().notification(SSID, 2);
        cpe.onRpc(call -> {
            cpe.change(SSID, "meanwhile");
            return RpcAction.answer();
        });
        acs.ask(Rpcs.getRpcMethods());
        var next = cpe.nextSessionWith("4 VALUE CHANGE");

        session();

        success(next);
        assertThat(acs.last("Inform").values()).containsEntry(SSID, "meanwhile");
    }

    @Test
    void activeOnesKeepTheirDistance() {
        cpe.model().put("Device.ManagementServer.DefaultActiveNotificationThrottle", "3600");
        cpe.model().notification(SSID, 2);
        session();

        cpe.change(SSID, "soon");

        assertThat(cpe.isInSession()).isFalse();
        assertThat(cpe.pendingEvents()).extracting(CpeEvent::code).containsExactly("4 VALUE CHANGE");
    }
}

package org.homeward.provisioning.reachability;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.SessionId;
import org.homeward.contracts.wakeup.UdpBinding;
import org.homeward.contracts.wakeup.XmppPresence;
import org.homeward.provisioning.plan.About;
import org.homeward.provisioning.plan.Contacts;
import org.homeward.provisioning.plan.DeviceLedger;
import org.homeward.provisioning.plan.Known;
import org.homeward.provisioning.plan.OpenSession;
import org.homeward.provisioning.plan.Reach;
import org.homeward.provisioning.plan.Setup;
import org.homeward.provisioning.plan.Transport;
import org.homeward.provisioning.plan.Way.Promise;
import org.homeward.provisioning.reachability.Reachability.State;
import org.homeward.provisioning.reconcile.Standing;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReachabilityTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final Instant EARLIER = NOW.minusSeconds(3_600);
    private static final Heard CALLS = new Heard("online", EARLIER, "Inform", NOW.minusSeconds(60));
    private static final Heard GONE =
            new Heard("offline", NOW.minusSeconds(9), "no Inform for 3 intervals of 600 s", EARLIER);

    private @Nullable UdpBinding binding;
    private @Nullable XmppPresence presence;
    private @Nullable OpenSession session;
    private Map<Transport, Contacts.Trial> trials = Map.of();

    private Reachability with(Heard heard) {
        return Reachability.of(
                new DeviceLedger(
                        DeviceKey.parse("default/001122-BOX-S1"),
                        new Known(
                                true,
                                "Device.",
                                "1.0",
                                "http://192.0.2.7:7547/cr",
                                "192.0.2.7",
                                "",
                                new Contacts("", "", "", binding, presence, trials)),
                        About.NOTHING,
                        Setup.NONE,
                        Standing.NONE,
                        session,
                        List.of(),
                        List.of(),
                        List.of(),
                        new Reach.Quiet(),
                        null,
                        false),
                heard,
                NOW);
    }

    private void bound(boolean lapsed) {
        binding = new UdpBinding("192.0.2.7:40000", 4, "stun-1", EARLIER, EARLIER.plusSeconds(60), lapsed);
    }

    @Test
    void aDeviceThatCallsAsItShouldIsOnline() {
        Reachability is = with(CALLS);
        assertThat(is.state()).isEqualTo(State.ONLINE);
        assertThat(is.since()).isEqualTo(EARLIER);
        assertThat(is.evidence()).contains("2026-11-22T09:59:00Z");
        assertThat(is.by()).containsExactly("http");
    }

    @Test
    void aDeviceInASessionIsOnlineWhateverTheRegistrySays() {
        session = new OpenSession(
                new SessionId("s"), "gw", 1, NOW, NOW.minusSeconds(2), NOW, 1, null, true, List.of("2 PERIODIC"), null);
        assertThat(with(GONE).state()).isEqualTo(State.ONLINE);
        assertThat(with(GONE).since()).isEqualTo(NOW.minusSeconds(2));
    }

    @Test
    void aDeviceThatIsLateButKeepsABindingIsReachableByIt() {
        bound(false);
        Reachability is = with(GONE);
        assertThat(is.state()).isEqualTo(State.REACHABLE);
        assertThat(is.by()).containsExactly("stun");
        assertThat(is.since()).isEqualTo(EARLIER);
        assertThat(is.evidence()).contains("stun-1");
    }

    @Test
    void aDeviceThatIsSignedInIsReachableOverXmpp() {
        presence = new XmppPresence("cpe@example.net/box", true, EARLIER);
        assertThat(with(GONE).by()).containsExactly("xmpp");
    }

    @Test
    void aDeviceThatIsLateAndKeepsNoWayOpenIsSilentSinceItsLastInform() {
        bound(true);
        presence = new XmppPresence("cpe@example.net/box", false, EARLIER);
        Reachability is = with(GONE);
        assertThat(is.state()).isEqualTo(State.SILENT);
        assertThat(is.since()).isEqualTo(EARLIER);
        assertThat(is.evidence()).isEqualTo("no Inform for 3 intervals of 600 s");
        assertThat(is.ways())
                .extracting(Reachability.Lead::promise)
                .containsExactly(Promise.OPEN, Promise.CLOSED, Promise.CLOSED);
    }

    @Test
    void whatFailedLastIsNotPromised() {
        bound(false);
        trials = Map.of(Transport.HTTP, new Contacts.Trial(EARLIER, "there", NOW.minusSeconds(5), "Nothing listens"));
        Reachability is = with(CALLS);
        assertThat(is.by()).containsExactly("stun");
        assertThat(is.ways().getLast().lastSuccess()).isEqualTo(EARLIER);
        assertThat(is.ways().getLast().lastCause()).isEqualTo("Nothing listens");
    }

    @Test
    void whereTheRegistryCannotBeAskedItSaysSo() {
        Reachability is = with(Heard.nothing("the registry does not answer"));
        assertThat(is.state()).isEqualTo(State.UNKNOWN);
        assertThat(is.evidence()).isEqualTo("the registry does not answer");
        assertThat(is.by()).containsExactly("http");
    }
}

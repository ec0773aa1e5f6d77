package org.homeward.provisioning.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.homeward.contracts.wakeup.UdpBinding;
import org.homeward.contracts.wakeup.XmppPresence;
import org.homeward.provisioning.plan.Way.Promise;
import org.junit.jupiter.api.Test;

class ChoiceTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final Map<Transport, Integer> neighbours = new EnumMap<>(Transport.class);
    private OptionalInt stunPartition = OptionalInt.empty();
    private String url = "http://192.0.2.7:7547/cr";
    private Contacts contacts = Contacts.NONE;

    private List<Way> ways() {
        return Choice.of(
                new Known(true, "Device.", "1.0", url, "192.0.2.7", "", contacts),
                new Experience() {
                    @Override
                    public int hope(String address, Transport transport, Instant now) {
                        return neighbours.getOrDefault(transport, 5);
                    }

                    @Override
                    public OptionalInt stunPartition() {
                        return stunPartition;
                    }
                },
                NOW);
    }

    private List<Transport> transports() {
        return ways().stream().map(Way::transport).toList();
    }

    private static UdpBinding binding(boolean lapsed) {
        return new UdpBinding("192.0.2.7:40000", 4, "stun-1", NOW.minusSeconds(60), NOW.minusSeconds(9), lapsed);
    }

    private static XmppPresence presence(boolean online) {
        return new XmppPresence("cpe-1@example.net/box", online, NOW.minusSeconds(60));
    }

    private void all() {
        contacts = contacts.bound(binding(false)).present(presence(true));
    }

    @Test
    void whereNothingSpeaksForOneItIsHttpThenStunThenXmpp() {
        all();
        assertThat(transports()).containsExactly(Transport.HTTP, Transport.STUN, Transport.XMPP);
        assertThat(ways()).extracting(Way::promise).containsOnly(Promise.OPEN);
    }

    @Test
    void onlyWhatLeadsThereIsAWay() {
        assertThat(transports()).containsExactly(Transport.HTTP);
        url = "";
        assertThat(ways()).isEmpty();
    }

    @Test
    void whatWorkedTheLastTimeComesFirst() {
        all();
        contacts = contacts.worked(Transport.XMPP, "there", NOW.minusSeconds(3600));
        assertThat(transports()).startsWith(Transport.XMPP);
    }

    @Test
    void whatWorkedOnceButFailedSinceHasNoMerit() {
        all();
        contacts = contacts.worked(Transport.XMPP, "there", NOW.minusSeconds(3600))
                .failed(Transport.XMPP, NOW.minusSeconds(60), "no");
        assertThat(transports()).startsWith(Transport.HTTP);
    }

    @Test
    void whatWorksForNeighboursComesBeforeWhatMayLookBetter() {
        all();
        neighbours.put(Transport.HTTP, 1);
        neighbours.put(Transport.XMPP, 9);
        assertThat(transports()).containsExactly(Transport.XMPP, Transport.STUN, Transport.HTTP);
    }

    @Test
    void whatWorkedForTheDeviceItselfCountsMoreThanForItsNeighbours() {
        all();
        contacts = contacts.worked(Transport.HTTP, "there", NOW.minusSeconds(3600));
        neighbours.put(Transport.HTTP, 0);
        assertThat(transports()).startsWith(Transport.HTTP);
    }

    @Test
    void aUrlWithAnotherAddressThanTheDeviceCalledFromComesLast() {
        all();
        url = "http://192.168.1.1:7547/cr";
        assertThat(transports()).containsExactly(Transport.STUN, Transport.XMPP, Transport.HTTP);
        assertThat(ways().getLast().doubt()).contains("another address", "192.0.2.7");
    }

    @Test
    void thatItWorkedElsewhereDoesNotSpeakForSuchAUrl() {
        all();
        url = "http://192.168.1.1:7547/cr";
        contacts = contacts.worked(Transport.HTTP, "192.0.2.7:7547", NOW.minusSeconds(60));
        assertThat(transports()).startsWith(Transport.STUN);
        contacts = contacts.worked(Transport.HTTP, "192.168.1.1:7547", NOW.minusSeconds(30));
        assertThat(transports()).startsWith(Transport.HTTP);
    }

    @Test
    void itIsTheOnlyWayAllTheSameWhereThereIsNoOther() {
        url = "http://192.168.1.1:7547/cr";
        assertThat(ways()).extracting(Way::promise).containsExactly(Promise.DOUBTFUL);
    }

    @Test
    void aBindingThatExpiredComesLastThoughItWorkedTheLastTime() {
        contacts = Contacts.NONE.bound(binding(true)).worked(Transport.STUN, "there", NOW.minusSeconds(600));
        url = "http://192.168.1.1:7547/cr";
        assertThat(transports()).containsExactly(Transport.HTTP, Transport.STUN);
        assertThat(ways().getLast().promise()).isEqualTo(Promise.CLOSED);
    }

    @Test
    void aDeviceThatIsSignedOutIsCalledOverXmppLast() {
        contacts = Contacts.NONE.present(presence(false)).worked(Transport.XMPP, "there", NOW.minusSeconds(600));
        assertThat(transports()).containsExactly(Transport.HTTP, Transport.XMPP);
        assertThat(ways().getLast().doubt()).startsWith("signed out of XMPP since 2026-11-22T09:59:00Z");
    }

    @Test
    void whatADeviceSaysOfItsXmppAccountIsCalledThoughNoServerTellsOfIt() {
        contacts = Contacts.NONE.saying("", "cpe-9@example.net/said");
        assertThat(ways().getLast()).isEqualTo(new Way(Transport.XMPP, "cpe-9@example.net/said", Promise.OPEN, ""));
    }

    @Test
    void theAccountThatADeviceWasGivenIsCalledAsLongAsNobodyTellsMore() {
        contacts = Contacts.NONE.given("cpe-1@example.net");
        assertThat(ways().getLast()).isEqualTo(new Way(Transport.XMPP, "cpe-1@example.net", Promise.OPEN, ""));
        contacts = contacts.present(presence(true));
        assertThat(ways().getLast().address()).isEqualTo("cpe-1@example.net/box");
    }

    @Test
    void aReportedUdpAddressNeedsAConnectorToGoThrough() {
        contacts = Contacts.NONE.saying("192.0.2.7:5000", "");
        assertThat(transports()).containsExactly(Transport.HTTP);
        stunPartition = OptionalInt.of(2);
        assertThat(ways().getLast().promise()).isEqualTo(Promise.DOUBTFUL);
        assertThat(ways().getLast().address()).isEqualTo("192.0.2.7:5000");
    }

    @Test
    void aReportedUdpAddressWhereTheDeviceWasNotSeenIsClosed() {
        stunPartition = OptionalInt.of(2);
        contacts = Contacts.NONE.saying("198.51.100.1:5000", "");
        assertThat(ways().getLast().promise()).isEqualTo(Promise.CLOSED);
    }

    @Test
    void aUrlThatIsNoneIsLeftToTheConnectorToExplain() {
        url = "http://[broken";
        assertThat(ways()).extracting(Way::promise).containsExactly(Promise.DOUBTFUL);
    }

    @Test
    void ipv6IsComparedByAddressAndNotByText() {
        url = "http://[2001:db8:0:0::7]:7547/cr";
        Known known = new Known(true, "Device.", "1.0", url, "2001:db8::7", "", contacts);
        assertThat(Choice.of(known, Experience.NONE, NOW))
                .extracting(Way::promise)
                .containsExactly(Promise.OPEN);
    }
}

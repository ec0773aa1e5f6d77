package org.homeward.provisioning.plan;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.UUID;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.WakeUpId;
import org.homeward.contracts.wakeup.DeliverConnectionRequest;
import org.homeward.contracts.wakeup.UdpBinding;
import org.homeward.contracts.wakeup.UdpWakeUp.DeliverUdpConnectionRequest;
import org.homeward.contracts.wakeup.UdpWakeUp.StopUdpConnectionRequest;
import org.homeward.contracts.wakeup.XmppWakeUp.DeliverXmppConnectionRequest;
import org.homeward.provisioning.plan.Reach.Calling;
import org.homeward.provisioning.plan.Reach.Try;

/** What connectors are asked for. */
final class Requests {

    private Requests() {}

    /** @param failures efforts before this one */
    static Try send(Turn turn, Way way, Instant deadline, int failures) {
        Known known = turn.ledger.known();
        DeviceKey key = turn.ledger.key();
        WakeUpId id = id(key, turn.now, way.transport(), failures);
        String username = known.connectionRequestUsername().isEmpty()
                ? turn.secrets.username(key)
                : known.connectionRequestUsername();
        String password = turn.secrets.sealedConnectionRequestPassword(key);
        turn.effect(
                switch (way.transport()) {
                    case HTTP ->
                        new Effect.Wake(new DeliverConnectionRequest(
                                id, known.connectionRequestUrl(), username, password, known.lastAddress(), deadline));
                    case STUN ->
                        new Effect.WakeByUdp(
                                partition(turn).orElseThrow(),
                                new DeliverUdpConnectionRequest(
                                        id,
                                        username,
                                        password,
                                        known.contacts().udpAddress(),
                                        known.lastAddress(),
                                        deadline));
                    case XMPP ->
                        new Effect.WakeByXmpp(
                                new DeliverXmppConnectionRequest(id, way.address(), username, password, deadline));
                });
        return new Try(id, way.transport(), way.address(), turn.now, null, null);
    }

    /** The device has called: what still leaves by UDP may stop. */
    static void stop(Turn turn, Calling calling) {
        for (Try each : calling.tries()) {
            if (each.transport() == Transport.STUN && each.failure() == null) {
                partition(turn)
                        .ifPresent(partition -> turn.effect(
                                new Effect.WakeByUdp(partition, new StopUdpConnectionRequest(each.request()))));
            }
        }
    }

    /** Of the connector that the device keeps its binding open to; where nobody knows, of one that there is. */
    private static OptionalInt partition(Turn turn) {
        UdpBinding binding = turn.ledger.known().contacts().binding();
        return binding == null ? turn.experience.stunPartition() : OptionalInt.of(binding.partition());
    }

    /** The same when the decision is made again. */
    private static WakeUpId id(DeviceKey key, Instant now, Transport transport, int failures) {
        String name = key + "/" + now + "/" + failures + "/" + transport;
        return new WakeUpId(
                UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString());
    }
}

package org.homeward.provisioning.plan;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.ValueType;
import org.homeward.provisioning.plan.Setup.Task;
import org.homeward.provisioning.profile.Desired.Wanted;
import org.jspecify.annotations.Nullable;

/** What first contact writes. */
final class FirstValues {

    private static final Instant PHASE_REFERENCE = Instant.parse("2020-01-01T00:00:00Z");

    private static final String CONNECTION_IN_USE = "ConnReqXMPPConnection";

    private FirstValues() {}

    /** What the task writes now: nothing that the CPE refuses for good. */
    static List<ParameterValue> of(Turn turn, Task task) {
        return notRefused(turn, wanted(turn, task));
    }

    static List<ParameterValue> notRefused(Turn turn, List<ParameterValue> wanted) {
        Map<String, Integer> refused = turn.ledger.setup().refused();
        return refused.isEmpty()
                ? wanted
                : wanted.stream()
                        .filter(value -> !refused.containsKey(value.path()))
                        .toList();
    }

    /** What the task is for, without what profiles speak of: that is written with all else that they say. */
    static List<ParameterValue> wanted(Turn turn, Task task) {
        Map<String, Wanted> profiles = Upkeep.wanted(turn, task.left()).orElse(Map.of());
        List<ParameterValue> all = ofOurselves(turn, task, profiles);
        return profiles.isEmpty()
                ? all
                : all.stream()
                        .filter(value -> !profiles.containsKey(value.path()))
                        .toList();
    }

    private static List<ParameterValue> ofOurselves(Turn turn, Task task, Map<String, Wanted> profiles) {
        DeviceKey key = turn.ledger.key();
        String server = turn.ledger.known().root() + "ManagementServer.";
        return switch (task) {
            case READ_TREE, READ_WAYS -> List.of();
            case CONNECTION_REQUEST ->
                List.of(
                        text(server + "ConnectionRequestUsername", turn.secrets.username(key)),
                        secret(
                                server + "ConnectionRequestPassword",
                                turn.secrets.sealedConnectionRequestPassword(key)));
            case PERIODIC_INFORM ->
                List.of(
                        new ParameterValue(server + "PeriodicInformEnable", "1", ValueType.BOOLEAN),
                        new ParameterValue(
                                server + "PeriodicInformInterval",
                                Long.toString(turn.policy.periodicInterval().toSeconds()),
                                ValueType.UNSIGNED_INT));
            case PERIODIC_PHASE ->
                List.of(new ParameterValue(
                        server + "PeriodicInformTime",
                        phase(key, interval(turn, profiles.get(server + "PeriodicInformInterval")))
                                .toString(),
                        ValueType.DATE_TIME));
            case STUN ->
                turn.policy.ways().stun() instanceof WaySettings.Stun stun ? stun(turn, stun, server) : List.of();
            case XMPP ->
                turn.policy.ways().xmpp() instanceof WaySettings.Xmpp xmpp
                                && !profiles.containsKey(server + CONNECTION_IN_USE)
                        ? xmpp(turn, xmpp, server)
                        : List.of();
            case ACS_CREDENTIALS ->
                List.of(
                        text(server + "Username", turn.secrets.username(key)),
                        secret(server + "Password", turn.secrets.sealedAcsPassword(key)));
        };
    }

    private static List<ParameterValue> stun(Turn turn, WaySettings.Stun stun, String server) {
        DeviceKey key = turn.ledger.key();
        return List.of(
                text(server + "STUNServerAddress", stun.address()),
                number(server + "STUNServerPort", stun.port()),
                text(server + "STUNUsername", turn.secrets.stunUsername(key).orElse("")),
                secret(server + "STUNPassword", turn.secrets.sealedStunPassword(key)),
                number(server + "STUNMinimumKeepAlivePeriod", stun.shortest().toSeconds()),
                new ParameterValue(
                        server + "STUNMaximumKeepAlivePeriod",
                        Long.toString(stun.longest().toSeconds()),
                        ValueType.INT),
                truth(server + "STUNEnable"));
    }

    /** Where an object is still to be added, the values are for one that has no number yet. */
    private static List<ParameterValue> xmpp(Turn turn, WaySettings.Xmpp xmpp, String server) {
        DeviceKey key = turn.ledger.key();
        String root = turn.ledger.known().root();
        int number = WaySetup.connection(turn, xmpp).orElse(0);
        String connection = root + Offer.CONNECTIONS + number + '.';
        List<ParameterValue> values = new ArrayList<>(List.of(
                text(connection + "Username", turn.secrets.xmppLocalpart(key)),
                secret(connection + "Password", turn.secrets.sealedXmppPassword(key)),
                text(connection + "Domain", xmpp.domain()),
                text(connection + "Resource", xmpp.resource()),
                truth(connection + "UseTLS"),
                truth(connection + "Enable"),
                text(server + CONNECTION_IN_USE, connection.substring(0, connection.length() - 1)),
                text(server + "ConnReqAllowedJabberIDs", xmpp.connector())));
        if (!xmpp.server().isEmpty()) {
            String entry = root
                    + Offer.servers(number)
                    + turn.ledger.setup().offer().server(number).orElse(0)
                    + '.';
            values.add(text(connection + "ServerConnectAlgorithm", "ServerTable"));
            values.add(text(entry + "ServerAddress", xmpp.server()));
            values.add(number(entry + "Port", xmpp.port()));
            values.add(truth(entry + "Enable"));
        }
        return values;
    }

    /** Seconds. */
    private static long interval(Turn turn, @Nullable Wanted wanted) {
        return wanted != null && wanted.value().matches("[1-9]\\d{0,8}")
                ? Long.parseLong(wanted.value())
                : turn.policy.periodicInterval().toSeconds();
    }

    /** When this device calls, so that a fleet spreads evenly over the interval. */
    private static Instant phase(DeviceKey key, long intervalSeconds) {
        int hash = key.toString().hashCode() * 0x9E3779B9;
        return PHASE_REFERENCE.plus(Integer.toUnsignedLong(hash) % Math.max(1, intervalSeconds), ChronoUnit.SECONDS);
    }

    private static ParameterValue truth(String path) {
        return new ParameterValue(path, "1", ValueType.BOOLEAN);
    }

    private static ParameterValue number(String path, long value) {
        return new ParameterValue(path, Long.toString(value), ValueType.UNSIGNED_INT);
    }

    private static ParameterValue text(String path, String value) {
        return new ParameterValue(path, value, ValueType.STRING);
    }

    private static ParameterValue secret(String path, String sealed) {
        return new ParameterValue(path, sealed, ValueType.STRING, true);
    }
}

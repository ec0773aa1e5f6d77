package org.homeward.provisioning.plan;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/**
 * By what ways a device could be reached, as far as it was read.
 *
 * @param read whether all of it was
 * @param values what matters of its tree, by path without the root; of each instance of the XMPP tables its path as well
 */
public record Offer(boolean read, Map<String, String> values) {

    public static final Offer UNREAD = new Offer(false, Map.of());

    static final String SERVER = "ManagementServer.";
    static final String XMPP = "XMPP.";
    static final String CONNECTIONS = XMPP + "Connection.";
    private static final String CONNECTION_COUNT = XMPP + "ConnectionNumberOfEntries";
    private static final String STUN_ENABLE = SERVER + "STUNEnable";
    private static final String METHODS = SERVER + "SupportedConnReqMethods";

    /** A device with more than that of them has not what we look for. */
    private static final int MOST = 64;

    public Offer {
        values = Map.copyOf(values);
    }

    /** With a parameter or object of the device. @param path without the root. @param value empty where only its name is known */
    Offer seen(String path, String value) {
        if (path.equals(STUN_ENABLE)) {
            return with(path, "");
        }
        if (path.equals(METHODS)) {
            return value.isEmpty() ? this : with(path, value);
        }
        if (path.equals(CONNECTION_COUNT)) {
            return with(CONNECTIONS, "");
        }
        return path.startsWith(CONNECTIONS) ? seenOfConnection(path, value) : this;
    }

    private Offer seenOfConnection(String path, String value) {
        Offer next = with(CONNECTIONS, "");
        int end = instanceEnd(path, CONNECTIONS.length());
        if (end < 0) {
            return next;
        }
        String connection = path.substring(0, end);
        next = next.with(connection, "");
        String rest = path.substring(end);
        if (rest.equals("Username") || rest.equals("Domain")) {
            return value.isEmpty() ? next : next.with(path, value);
        }
        int server = rest.startsWith("Server.") ? instanceEnd(path, end + "Server.".length()) : -1;
        return server < 0 ? next : next.with(path.substring(0, server), "");
    }

    /** After the dot behind the instance number that begins there; -1 where none does. */
    private static int instanceEnd(String path, int start) {
        int dot = path.indexOf('.', start);
        return dot > start
                        && dot - start < 10
                        && path.substring(start, dot).chars().allMatch(Character::isDigit)
                ? dot + 1
                : -1;
    }

    private Offer with(String path, String value) {
        if (value.equals(values.get(path)) || values.size() >= MOST && !values.containsKey(path)) {
            return this;
        }
        Map<String, String> next = new HashMap<>(values);
        next.put(path, value);
        return new Offer(read, next);
    }

    Offer wholly() {
        return read ? this : new Offer(true, values);
    }

    /** Why it can't be reached by STUN; empty where it can. */
    Optional<String> lacksStun() {
        return values.containsKey(STUN_ENABLE) ? lacks("STUN") : Optional.of("the CPE has no " + STUN_ENABLE);
    }

    /** Why it can't be reached by XMPP; empty where it can. */
    Optional<String> lacksXmpp() {
        return values.containsKey(CONNECTIONS) ? lacks("XMPP") : Optional.of("the CPE has no " + CONNECTIONS);
    }

    /** What it says of itself, where it says something. */
    private Optional<String> lacks(String method) {
        String methods = values.getOrDefault(METHODS, "");
        return methods.isEmpty() || methods.contains(method)
                ? Optional.empty()
                : Optional.of("the CPE's " + METHODS + " is " + methods);
    }

    /** The XMPP connection that is ours: by its user name, by its domain, or because nobody has filled it in yet. */
    OptionalInt connection(String username, String domain) {
        OptionalInt ours = connection(number -> of(number, "Username").equals(username));
        if (ours.isEmpty()) {
            ours = connection(number -> of(number, "Domain").equalsIgnoreCase(domain));
        }
        return ours.isPresent()
                ? ours
                : connection(number ->
                        of(number, "Username").isEmpty() && of(number, "Domain").isEmpty());
    }

    private String of(int connection, String name) {
        return values.getOrDefault(CONNECTIONS + connection + '.' + name, "");
    }

    private OptionalInt connection(IntPredicate wanted) {
        return instances(CONNECTIONS).stream()
                .mapToInt(Integer::intValue)
                .filter(wanted)
                .findFirst();
    }

    /** The first entry of a connection's table of servers. */
    OptionalInt server(int connection) {
        TreeSet<Integer> all = instances(servers(connection));
        return all.isEmpty() ? OptionalInt.empty() : OptionalInt.of(all.getFirst());
    }

    static String servers(int connection) {
        return CONNECTIONS + connection + ".Server.";
    }

    private TreeSet<Integer> instances(String table) {
        TreeSet<Integer> numbers = new TreeSet<>();
        for (String path : values.keySet()) {
            if (path.startsWith(table) && instanceEnd(path, table.length()) == path.length()) {
                numbers.add(Integer.valueOf(path.substring(table.length(), path.length() - 1)));
            }
        }
        return numbers;
    }
}

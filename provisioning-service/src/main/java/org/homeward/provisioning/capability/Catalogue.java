package org.homeward.provisioning.capability;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.homeward.provisioning.capability.Capability.Column;

/** All capabilities that there are. The list is closed: mappings and profiles can't name others. */
public final class Catalogue {

    private static final List<String> BANDS = List.of("2.4GHz", "5GHz", "6GHz");
    private static final List<String> NETWORKS = List.of("2.4GHz", "5GHz", "6GHz", "guest", "guest5GHz");
    private static final List<String> LINES = List.of("1", "2", "3", "4");
    private static final List<String> SERVERS = List.of("1", "2", "3", "4", "5");
    private static final int NEAREST = 3;

    private static final List<Capability> ALL = List.of(
            of("wifi.networks[*].ssid", NETWORKS, ValueKind.SSID, "", "name of the network"),
            of("wifi.networks[*].passphrase", NETWORKS, ValueKind.PASSPHRASE, "", "what a host has to know to join"),
            of("wifi.networks[*].enabled", NETWORKS, ValueKind.BOOLEAN, "", "whether the network is on the air"),
            of("wifi.networks[*].security", NETWORKS, ValueKind.SECURITY, "", "how the network is protected"),
            of("wifi.networks[*].channel", BANDS, ValueKind.CHANNEL, "", "channel of the radio, for all its networks"),
            of("wifi.networks[*].standards", BANDS, ValueKind.STANDARDS, "", "what the radio speaks"),
            of("wan.pppoe.username", List.of(), ValueKind.TEXT, "", "name at the access concentrator"),
            of("wan.pppoe.password", List.of(), ValueKind.SECRET, "", "password at the access concentrator"),
            of("wan.pppoe.enabled", List.of(), ValueKind.BOOLEAN, "", "whether the connection is made"),
            of("voip.lines[*].enabled", LINES, ValueKind.BOOLEAN, "", "whether the line is in service"),
            of("voip.lines[*].number", LINES, ValueKind.TEXT, "", "number of the line"),
            of("voip.lines[*].username", LINES, ValueKind.TEXT, "", "name at the SIP registrar"),
            of("voip.lines[*].password", LINES, ValueKind.SECRET, "", "password at the SIP registrar"),
            of("voip.lines[*].uri", LINES, ValueKind.TEXT, "", "SIP address of the line"),
            of("lan.dhcp.enabled", List.of(), ValueKind.BOOLEAN, "", "whether hosts are given addresses"),
            of("lan.dhcp.firstAddress", List.of(), ValueKind.ADDRESS, "", "first address that hosts are given"),
            of("lan.dhcp.lastAddress", List.of(), ValueKind.ADDRESS, "", "last address that hosts are given"),
            of("lan.dhcp.subnetMask", List.of(), ValueKind.ADDRESS, "", "mask that hosts are given"),
            of("lan.dhcp.dnsServers", List.of(), ValueKind.ADDRESSES, "", "servers of names that hosts are told"),
            of("lan.dhcp.leaseTime", List.of(), ValueKind.NUMBER, "s", "how long a host keeps its address"),
            table(
                    "hosts",
                    "what is connected; only to be read",
                    new Column("name", ValueKind.TEXT, "what the host calls itself"),
                    new Column("mac", ValueKind.MAC, "address of its interface"),
                    new Column("address", ValueKind.TEXT, "IP address"),
                    new Column("active", ValueKind.BOOLEAN, "whether it is connected now"),
                    new Column("medium", ValueKind.MEDIUM, "how it is connected"),
                    new Column("network", ValueKind.TEXT, "index of its Wi-Fi network"),
                    new Column("signal", ValueKind.SIGNAL, "how well the gateway hears it, in dBm")),
            table(
                    "internet",
                    "connections to the Internet; only to be read",
                    new Column("enabled", ValueKind.BOOLEAN, "whether it is wanted"),
                    new Column("status", ValueKind.LINK, "whether it stands"),
                    new Column("address", ValueKind.TEXT, "IP address outside"),
                    new Column("seconds", ValueKind.NUMBER, "how long it has been so")),
            table(
                    "portForwards",
                    "ports that lead to a host inside",
                    new Column("enabled", ValueKind.BOOLEAN, "whether it is in force"),
                    new Column("protocol", ValueKind.PROTOCOL, "which packets"),
                    new Column("port", ValueKind.PORT, "port outside"),
                    new Column("toAddress", ValueKind.ADDRESS, "host inside"),
                    new Column("toPort", ValueKind.PORT, "port of the host inside"),
                    new Column("description", ValueKind.TEXT, "for people")),
            of("time.ntp.enabled", List.of(), ValueKind.BOOLEAN, "", "whether the device sets its clock"),
            of("time.ntp.servers[*]", SERVERS, ValueKind.TEXT, "", "time server, by name or address"),
            of(
                    "management.periodicInform.enabled",
                    List.of(),
                    ValueKind.BOOLEAN,
                    "",
                    "whether the device calls by itself"),
            of(
                    "management.periodicInform.interval",
                    List.of(),
                    ValueKind.NUMBER,
                    "s",
                    "how often the device calls by itself"),
            of("management.acsUrl", List.of(), ValueKind.TEXT, "", "URL that the device calls"));

    private static final Map<String, Capability> BY_NAME = byName();

    private Catalogue() {}

    private static Capability of(String name, List<String> indices, ValueKind kind, String unit, String meaning) {
        return new Capability(name, indices, kind, unit, meaning, List.of());
    }

    private static Capability table(String name, String meaning, Column... columns) {
        return new Capability(name, List.of(), ValueKind.TABLE, "", meaning, List.of(columns));
    }

    private static Map<String, Capability> byName() {
        Map<String, Capability> byName = new LinkedHashMap<>();
        ALL.forEach(capability -> capability.names().forEach(name -> byName.put(name, capability)));
        return byName;
    }

    public static List<Capability> all() {
        return ALL;
    }

    /** By its name with an index, such as {@code wifi.networks[5GHz].ssid}. */
    public static Optional<Capability> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** By its name with an asterisk, as in mappings. */
    static Optional<Capability> general(String name) {
        return ALL.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /** Those that somebody may have meant, the nearest first. */
    static List<String> nearest(String name) {
        return BY_NAME.keySet().stream()
                .sorted(Comparator.comparingInt((String known) -> distance(name, known))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(NEAREST)
                .toList();
    }

    /** How many characters have to be put in, left out or changed (Levenshtein). */
    private static int distance(String one, String other) {
        int[] above = new int[other.length() + 1];
        for (int j = 0; j < above.length; j++) {
            above[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] row = new int[above.length];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int change = above[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[other.length()];
    }
}

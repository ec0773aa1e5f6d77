package org.homeward.standalone;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.homeward.backends.process.Ports;

/** What the services are told, by the names that they document. */
record ServiceSettings(CommandLine.Start start, Secrets secrets, List<Part> parts) {

    /** Each simulated CPE that is told of STUN takes two UDP ports, of which one address has so many. */
    private static final int MOST_BY_STUN = 5_000;

    Map<String, String> all() {
        var ports = start.ports();
        var settings = new LinkedHashMap<>(secrets.settings());
        parts.forEach(part -> settings.putAll(part.settings()));
        parts.forEach(part -> settings.put(
                "homeward.standalone.backends.\"" + part.name() + "\"",
                part.address().toString()));
        settings.put("quarkus.http.host", Ports.LOOPBACK);
        settings.put("quarkus.http.port", String.valueOf(ports.http()));
        settings.put("homeward.provisioning.profiles.registry-url", "http://" + Ports.LOOPBACK + ":" + ports.http());
        settings.put("homeward.cwmp.host", Ports.LOOPBACK);
        settings.put("homeward.cwmp.port", String.valueOf(ports.cwmp()));
        settings.put("homeward.cwmp.acs-url", acsUrl(ports));
        settings.put("homeward.stun-connector.host", Ports.LOOPBACK);
        settings.put("homeward.stun-connector.port", String.valueOf(ports.stun()));
        settings.put("homeward.stun-connector.alternate-port", String.valueOf(ports.stunAlternate()));
        if (isWholeHouse() && start.demo() <= MOST_BY_STUN) {
            settings.put("homeward.provisioning.reach.stun.server-address", Ports.LOOPBACK);
            settings.put("homeward.provisioning.reach.stun.server-port", String.valueOf(ports.stun()));
        }
        settings.put("homeward.cwmp.open", String.valueOf(start.open()));
        settings.put(
                "quarkus.log.file.path",
                start.data().resolve("log/homeward.log").toString());
        return settings;
    }

    /** Whether no other process shares its devices: several would have to tell them of the same STUN server. */
    private boolean isWholeHouse() {
        return parts.stream().allMatch(part -> part.ours() instanceof Part.Running.Embedded);
    }

    /** Adds them to the system's properties; what the command line of the JVM says already stays. */
    void addTo(Properties properties) {
        all().forEach(properties::putIfAbsent);
    }

    static String acsUrl(PortPlan ports) {
        return "http://" + Ports.LOOPBACK + ":" + ports.cwmp() + "/";
    }
}

package org.homeward.simulator.diagnostic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * TraceRoute and TraceRouteDiagnostics. Nothing is sent: the route is invented from chance.
 *
 * @param random where the route comes from
 */
public record TraceRoute(RandomGenerator random) implements Diagnostic {

    @Override
    public String run(DiagnosticObject object) {
        String host = object.text("Host");
        if (Ping.isUnresolvable(host)) {
            object.put("ResponseTime", 0);
            object.rows("RouteHops", List.of());
            return object.state("Error_CannotResolveHostName");
        }
        int length = random.nextInt(4, 12);
        int most = object.number("MaxHopCount", 30);
        int tries = object.number("NumberOfTries", 3);
        List<Map<String, String>> hops = new ArrayList<>();
        int millis = 1;
        for (int hop = 1; hop <= Math.min(length, most); hop++) {
            millis += random.nextInt(6);
            String name = hop == length ? host : "hop" + hop + ".example.net";
            hops.add(hop(name, "198.51.100." + (hop == length ? 250 : hop), times(millis, tries)));
        }
        object.rows("RouteHops", hops);
        object.put("ResponseTime", millis);
        return length > most ? object.state("Error_MaxHopCountExceeded") : object.done();
    }

    private String times(int millis, int tries) {
        return IntStream.range(0, tries)
                .mapToObj(i -> Integer.toString(millis + random.nextInt(3)))
                .collect(Collectors.joining(","));
    }

    /** By the names of TR-181 and by those of TR-098. */
    private static Map<String, String> hop(String host, String address, String times) {
        return Map.of(
                "Host", host,
                "HostAddress", address,
                "ErrorCode", "0",
                "RTTimes", times,
                "HopHost", host,
                "HopHostAddress", address,
                "HopErrorCode", "0",
                "HopRTTimes", times);
    }
}

package org.homeward.standalone.bench;

import java.util.List;
import java.util.Map;
import org.homeward.standalone.bench.server.Registry;

/**
 * The figures of a storm.
 *
 * @param withinSeconds in which all devices first called
 * @param served sessions; one for each device if nothing was lost
 * @param refused sessions that were answered 503
 * @param failures attempts that came to nothing otherwise, by kind; the device came again
 * @param secondsUntilAllHome until the last device was served
 * @param secondsUntilSteady until the servers had dealt with everything as well
 * @param session of those that were served, from when each attempt was due
 * @param orders that operators gave meanwhile, from the REST call to the verified value
 * @param orderFailures orders that did not succeed, in words
 * @param timeline second by second
 */
record StormResult(
        int devices,
        double withinSeconds,
        int served,
        int refused,
        Map<String, Integer> failures,
        double secondsUntilAllHome,
        double secondsUntilSteady,
        Percentiles session,
        double ordersPerSecond,
        Percentiles orders,
        List<String> orderFailures,
        List<Timeline.Moment> timeline,
        Map<String, Double> cpuSeconds,
        Map<String, Long> memory,
        Registry.Findings findings) {

    /** Whether every device was served, every order succeeded, and the registry knows what the devices know. */
    boolean isWhole() {
        return served == devices
                && orderFailures.isEmpty()
                && findings.differing() == 0
                && findings.inventoryRows() == devices;
    }
}

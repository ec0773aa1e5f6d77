package org.homeward.simulator.scenario;

import org.homeward.simulator.SessionReport;
import org.homeward.simulator.SimulatedCpe;

/**
 * A session of one device in a scenario.
 *
 * @param firmwareBefore the device's SoftwareVersion when the scenario began
 */
public record Contact(SimulatedCpe cpe, SessionReport report, String firmwareBefore) {

    /** The Inform was confirmed and carried this event. */
    boolean informed(String eventCode) {
        return report.events().contains(eventCode) && confirmed("Inform");
    }

    /** The ACS confirmed this request of the device. */
    boolean confirmed(String request) {
        return report.exchanges().stream()
                .anyMatch(e -> e.sent().equals(request) && e.received().equals(request + "Response"));
    }

    /** The ACS called this method. */
    boolean told(String method) {
        return report.rpcs().contains(method);
    }

    /** The device did what this method asks, and the ACS took the answer. */
    boolean did(String method) {
        return told(method)
                && report.exchanges().stream()
                        .anyMatch(
                                e -> e.sent().equals(method + "Response") && (e.status() == 200 || e.status() == 204));
    }

    String firmware() {
        return cpe.model().under("DeviceInfo.SoftwareVersion");
    }

    /** In a few words: what it said, what it was asked, how it ended. */
    String summary() {
        return "%s, %s%s"
                .formatted(
                        String.join(" + ", report.events()),
                        report.rpcs().isEmpty() ? "asked nothing" : "asked " + String.join(" ", report.rpcs()),
                        report.whyFailed().map(why -> ", failed: " + why).orElse(""));
    }
}

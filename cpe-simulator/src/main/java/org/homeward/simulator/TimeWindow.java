package org.homeward.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.homeward.simulator.soap.Element;

/**
 * A time window of a ScheduleDownload (TR-069 A.4.1.8), in seconds since the request. The CPE tries at its start and,
 * while that fails, as often again as it may, evenly over the window; then comes the next window's turn. Nobody has to be
 * asked and nobody is in the way, so every WindowMode is the same to it.
 *
 * @param retries after the first attempt
 */
record TimeWindow(Duration start, Duration end, int retries) {
    private static final int MAX_WINDOWS = 2;
    private static final int OWN_RETRIES = 2;
    private static final int MAX_RETRIES = 10;

    /** When to try, earliest first; empty if the windows are none that a CPE could keep to. */
    static Optional<List<Duration>> attempts(List<Element> structs) {
        List<Duration> attempts = new ArrayList<>();
        Duration free = Duration.ZERO;
        for (Element struct : structs) {
            TimeWindow window = read(struct);
            if (window.end.compareTo(window.start) <= 0 || window.start.compareTo(free) < 0) {
                return Optional.empty();
            }
            free = window.end;
            Duration between = window.end.minus(window.start).dividedBy(window.retries + 1);
            for (int i = 0; i <= window.retries; i++) {
                attempts.add(window.start.plus(between.multipliedBy(i)));
            }
        }
        return structs.isEmpty() || structs.size() > MAX_WINDOWS ? Optional.empty() : Optional.of(attempts);
    }

    private static TimeWindow read(Element struct) {
        String told = struct.childText("MaxRetries");
        int retries = told.matches("\\d{1,9}") ? Math.min(Integer.parseInt(told), MAX_RETRIES) : OWN_RETRIES;
        return new TimeWindow(
                Transfers.seconds(struct.childText("WindowStart")),
                Transfers.seconds(struct.childText("WindowEnd")),
                retries);
    }
}

package org.homeward.simulator;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.homeward.simulator.model.DeviceModel;

/** When the next periodic Inform is due (PeriodicInformEnable, Interval and Time). */
final class PeriodicInform {
    private PeriodicInform() {}

    /** Time until the next one; empty when they are switched off. */
    static Optional<Duration> next(DeviceModel model, Instant now) {
        String enabled = model.under("ManagementServer.PeriodicInformEnable");
        if (!enabled.equals("1") && !enabled.equals("true")) {
            return Optional.empty();
        }
        long interval = Long.parseLong(model.under("ManagementServer.PeriodicInformInterval"));
        return Optional.of(reference(model.under("ManagementServer.PeriodicInformTime"))
                .map(time -> untilNext(time, interval, now))
                .orElse(Duration.ofSeconds(interval)));
    }

    private static Duration untilNext(Instant reference, long interval, Instant now) {
        long since = Duration.between(reference, now).toMillis();
        long millis = interval * 1000;
        return Duration.ofMillis(millis - Math.floorMod(since, millis));
    }

    /** Empty for the Unknown Time and for what is no time at all: then the phase is the CPE's own choice. */
    private static Optional<Instant> reference(String text) {
        try {
            String zoned = text.matches(".*(Z|[+-]\\d\\d:\\d\\d)") ? text : text + "Z";
            Instant time = OffsetDateTime.parse(zoned).toInstant();
            return time.isBefore(Instant.EPOCH) ? Optional.empty() : Optional.of(time);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}

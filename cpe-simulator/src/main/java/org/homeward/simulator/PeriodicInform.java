package org.homeward.simulator;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.homeward.simulator.model.DeviceModel;

/** When the next Inform that comes of itself is due: periodic ones, and the heartbeats of TR-069 Annex O. */
final class PeriodicInform {
    private PeriodicInform() {}

    /** Time until the next periodic one; empty when they are switched off. */
    static Optional<Duration> next(DeviceModel model, Instant now) {
        return next(
                model.under("ManagementServer.PeriodicInformEnable"),
                model.under("ManagementServer.PeriodicInformInterval"),
                model.under("ManagementServer.PeriodicInformTime"),
                now);
    }

    /** Time until the next heartbeat; empty when they are switched off or the model knows none. */
    static Optional<Duration> nextHeartbeat(DeviceModel model, Instant now) {
        return next(
                model.under("ManagementServer.HeartbeatPolicy.Enable"),
                model.under("ManagementServer.HeartbeatPolicy.ReportingInterval"),
                model.under("ManagementServer.HeartbeatPolicy.InitiationTime"),
                now);
    }

    private static Optional<Duration> next(String enabled, String intervalSeconds, String phase, Instant now) {
        if (!enabled.equals("1") && !enabled.equals("true")) {
            return Optional.empty();
        }
        long interval = Long.parseLong(intervalSeconds);
        return Optional.of(
                reference(phase).map(time -> untilNext(time, interval, now)).orElse(Duration.ofSeconds(interval)));
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

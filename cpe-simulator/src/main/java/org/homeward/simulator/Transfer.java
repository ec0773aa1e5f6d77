package org.homeward.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One file transfer from its request to the TransferComplete that tells its end. Guarded by {@link Transfers}. */
final class Transfer {

    /** What asked for it. */
    enum Kind {
        DOWNLOAD(CpeEvent.M_DOWNLOAD),
        SCHEDULED_DOWNLOAD(CpeEvent.M_SCHEDULE_DOWNLOAD),
        UPLOAD(CpeEvent.M_UPLOAD);

        final String event;

        Kind(String event) {
            this.event = event;
        }
    }

    /** The numbers are those of the standard (TR-069 A.4.1.7). */
    enum State {
        NOT_STARTED(1),
        IN_PROGRESS(2),
        FINISHED(3);

        final int number;

        State(int number) {
            this.number = number;
        }
    }

    final Kind kind;
    final String commandKey;
    final String fileType;
    final String url;
    final String username;
    final String password;
    final String targetFileName;
    final long fileSize;
    /** When it is tried, the next time after each failure; since the end of the session that brought it. */
    final List<Duration> attempts;

    boolean timed;
    State state = State.NOT_STARTED;
    int fault;

    @Nullable
    Instant started;

    @Nullable
    Instant completed;

    Transfer(
            Kind kind,
            String commandKey,
            String fileType,
            String url,
            String username,
            String password,
            String targetFileName,
            long fileSize,
            List<Duration> attempts) {
        this.kind = kind;
        this.commandKey = commandKey;
        this.fileType = fileType;
        this.url = url;
        this.username = username;
        this.password = password;
        this.targetFileName = targetFileName;
        this.fileSize = fileSize;
        this.attempts = attempts;
    }

    boolean isFirmware() {
        return kind != Kind.UPLOAD && fileType.startsWith("1 ");
    }

    boolean isStoredFirmware() {
        return kind != Kind.UPLOAD && fileType.startsWith("6 ");
    }

    boolean isConfiguration() {
        return kind != Kind.UPLOAD && fileType.startsWith("3 ");
    }

    String transferComplete(String key) {
        return OwnMessages.transferComplete(key, fault, time(started), time(completed));
    }

    private static String time(@Nullable Instant instant) {
        return instant == null
                ? OwnMessages.UNKNOWN_TIME
                : instant.truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString();
    }
}

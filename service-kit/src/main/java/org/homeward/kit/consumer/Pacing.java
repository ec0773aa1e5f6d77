package org.homeward.kit.consumer;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** How long a consumer rests between polls, so that batches grow instead of polls while records keep coming. */
final class Pacing {

    /** Grows the rest until a batch holds all that came meanwhile, once more than 500 records a second come. */
    private static final Duration PER_RECORD = Duration.ofMillis(2);

    private final long pace;
    private final long longest;
    private boolean rested;

    /** @param pace least time from poll to poll */
    Pacing(Duration pace, Duration longest) {
        this.pace = pace.toNanos();
        this.longest = longest.toNanos();
    }

    /** Rests as the records of a poll ask for that began then. */
    void rest(long began, int handled) {
        long growing = Math.min(PER_RECORD.toNanos() * handled, longest);
        rested = growing > pace;
        LockSupport.parkNanos(began + Math.max(growing, pace) - System.nanoTime());
    }

    /** Whether the last rest was longer than the least, so that more may have gathered than was fetched ahead. */
    boolean isRested() {
        return rested;
    }
}

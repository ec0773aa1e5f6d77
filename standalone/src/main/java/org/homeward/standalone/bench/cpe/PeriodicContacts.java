package org.homeward.standalone.bench.cpe;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * CPEs that are known call in turn with {@code 2 PERIODIC}, for as long as it is to last: as fast as sessions end, or at
 * a rate. At a rate a session counts from when it was due, so that a server that falls behind shows it.
 */
public final class PeriodicContacts implements Calls {

    private static final List<String> EVENTS = List.of("2 PERIODIC");

    private final Deque<LoadCpe> waiting;
    private final long until;
    private final double nanosBetween;
    private final long began;
    private long begun;

    private PeriodicContacts(List<LoadCpe> cpes, Duration lasting, double nanosBetween) {
        this.waiting = new ArrayDeque<>(cpes);
        this.nanosBetween = nanosBetween;
        this.began = System.nanoTime();
        this.until = began + lasting.toNanos();
    }

    /** The next calls as soon as one has ended. */
    public static PeriodicContacts asFastAsAnswered(List<LoadCpe> cpes, Duration lasting) {
        return new PeriodicContacts(cpes, lasting, 0);
    }

    public static PeriodicContacts atRate(List<LoadCpe> cpes, Duration lasting, double perSecond) {
        return new PeriodicContacts(cpes, lasting, 1e9 / perSecond);
    }

    @Override
    public @Nullable Call next(long now) {
        long due = nanosBetween == 0 ? now : began + (long) (begun * nanosBetween);
        if (isOver(now) || due - now > 0 || waiting.isEmpty()) {
            return null;
        }
        begun++;
        return new Call(waiting.remove(), EVENTS, due);
    }

    @Override
    public boolean isOver(long now) {
        return now - until >= 0;
    }

    @Override
    public void ended(Call call, End end, long now) {
        waiting.add(call.cpe());
    }

    @Override
    public int pollMillis() {
        return nanosBetween == 0 ? 100 : 1;
    }
}

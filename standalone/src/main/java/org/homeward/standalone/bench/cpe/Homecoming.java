package org.homeward.standalone.bench.cpe;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Everybody calls within a short time, as after a blackout. Whoever is refused, or does not get through, comes again as the
 * standard's table has it (TR-069 3.2.1.1: 5 to 10 s, then 10 to 20 s, and so on), until it was served once.
 */
public final class Homecoming implements Calls {

    private static final int LONGEST_STEP = 10;

    /** A call that is to come. */
    private record Waiting(long at, LoadCpe cpe) {}

    private final List<String> events;
    private final PriorityQueue<Waiting> waiting = new PriorityQueue<>(Comparator.comparingLong(Waiting::at));
    private final Random random;
    private final AtomicInteger home = new AtomicInteger();
    private final AtomicInteger retried = new AtomicInteger();
    private int calling;

    /** @param events of every call @param within the first calls come evenly over it @param seed of the waits */
    public Homecoming(List<LoadCpe> cpes, List<String> events, Duration within, long seed) {
        this.events = events;
        random = new Random(seed);
        long began = System.nanoTime();
        for (LoadCpe cpe : cpes) {
            waiting.add(new Waiting(began + (long) (random.nextDouble() * within.toNanos()), cpe));
        }
    }

    /** CPEs that were served. */
    public int home() {
        return home.get();
    }

    /** Attempts that have to be made again. */
    public int retried() {
        return retried.get();
    }

    @Override
    public @Nullable Call next(long now) {
        Waiting first = waiting.peek();
        if (first == null || first.at() - now > 0) {
            return null;
        }
        waiting.remove();
        calling++;
        return new Call(first.cpe(), events, first.at());
    }

    @Override
    public boolean isOver(long now) {
        return waiting.isEmpty() && calling == 0;
    }

    @Override
    public void ended(Call call, End end, long now) {
        calling--;
        if (end == End.SERVED) {
            home.incrementAndGet();
            return;
        }
        retried.incrementAndGet();
        int step = Math.min(LONGEST_STEP, call.cpe().retries());
        double least = 5 * Math.pow(2, step - 1);
        waiting.add(new Waiting(now + (long) ((least + random.nextDouble() * least) * 1e9), call.cpe()));
    }

    @Override
    public int pollMillis() {
        return 1;
    }
}

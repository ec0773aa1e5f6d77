package org.homeward.standalone.bench.cpe;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Everybody calls within a short time, as after a blackout. Whoever is refused, or does not get through, comes again as the
 * standard's table has it (TR-069 3.2.1.1: 5 to 10 s, then 10 to 20 s, and so on), until it was served once. With
 * {@link #untilEach} it comes again when it is asked to, too.
 */
public final class Homecoming implements Calls {

    private static final int LONGEST_STEP = 10;

    /** A call that is to come. */
    private record Waiting(long at, LoadCpe cpe, List<String> events) {}

    private static final List<String> ASKED = List.of("6 CONNECTION REQUEST");

    private final PriorityQueue<Waiting> waiting = new PriorityQueue<>(Comparator.comparingLong(Waiting::at));
    private final Random random;
    private final AtomicInteger home = new AtomicInteger();
    private final AtomicInteger retried = new AtomicInteger();
    private final Map<String, LoadCpe> away = new HashMap<>();
    private final Set<LoadCpe> undone = new HashSet<>();
    private Predicate<LoadCpe> done = cpe -> true;
    private @Nullable Doorbells doorbells;
    private long patience;
    private long lastEnd = System.nanoTime();
    private int calling;

    /** @param events of every call @param within the first calls come evenly over it @param seed of the waits */
    public Homecoming(List<LoadCpe> cpes, List<String> events, Duration within, long seed) {
        random = new Random(seed);
        long began = System.nanoTime();
        for (LoadCpe cpe : cpes) {
            waiting.add(new Waiting(began + (long) (random.nextDouble() * within.toNanos()), cpe, events));
        }
    }

    /**
     * Goes on until each of them is done, and answers connection requests meanwhile.
     *
     * @param wait how long nobody may have called for it to be over all the same
     */
    public Homecoming untilEach(Predicate<LoadCpe> isDone, Doorbells bells, Duration wait) {
        done = isDone;
        doorbells = bells;
        patience = wait.toNanos();
        waiting.forEach(each -> undone.add(each.cpe()));
        return this;
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
        if (doorbells != null) {
            @Nullable String serial;
            while ((serial = doorbells.next()) != null) {
                LoadCpe asked = away.remove(serial);
                if (asked != null) {
                    waiting.add(new Waiting(now, asked, ASKED));
                }
            }
        }
        Waiting first = waiting.peek();
        if (first == null || first.at() - now > 0) {
            return null;
        }
        waiting.remove();
        calling++;
        return new Call(first.cpe(), first.events(), first.at());
    }

    @Override
    public boolean isOver(long now) {
        return waiting.isEmpty() && calling == 0 && (undone.isEmpty() || now - lastEnd > patience);
    }

    @Override
    public void ended(Call call, End end, long now) {
        calling--;
        lastEnd = now;
        if (end == End.SERVED) {
            away.put(call.cpe().serial(), call.cpe());
            if (done.test(call.cpe())) {
                undone.remove(call.cpe());
            }
            home.incrementAndGet();
            return;
        }
        retried.incrementAndGet();
        int step = Math.min(LONGEST_STEP, call.cpe().retries());
        double least = 5 * Math.pow(2, step - 1);
        waiting.add(new Waiting(now + (long) ((least + random.nextDouble() * least) * 1e9), call.cpe(), call.events()));
    }

    @Override
    public int pollMillis() {
        return 1;
    }
}

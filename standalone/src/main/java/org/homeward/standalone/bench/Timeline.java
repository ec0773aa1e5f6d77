package org.homeward.standalone.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.homeward.standalone.bench.cpe.Tally;

/** How a run goes, second by second, until it is closed. */
final class Timeline implements AutoCloseable {

    /**
     * One second.
     *
     * @param served sessions that ended well in it
     * @param refused sessions that were answered 503 in it
     * @param open sessions at its end
     * @param orders that came to their end in it
     * @param slowestOrder of those, in milliseconds; 0 if there are none
     */
    record Moment(int served, int refused, int open, int orders, double slowestOrder) {}

    private final Tally tally;
    private final OrderLoad load;
    private final List<Moment> moments = new ArrayList<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("bench-timeline").factory());
    private int served;
    private int refused;
    private int orders;

    Timeline(Tally tally, OrderLoad load) {
        this.tally = tally;
        this.load = load;
        var every = clock.scheduleAtFixedRate(this::look, 1, 1, TimeUnit.SECONDS);
        if (every.isDone()) {
            throw new IllegalStateException("the timeline does not run");
        }
    }

    private synchronized void look() {
        int servedNow = tally.served();
        int refusedNow = tally.refused();
        List<Double> ended = load.endedSince(orders);
        moments.add(new Moment(
                servedNow - served,
                refusedNow - refused,
                tally.open(),
                ended.size(),
                ended.stream().mapToDouble(Double::doubleValue).max().orElse(0)));
        served = servedNow;
        refused = refusedNow;
        orders += ended.size();
    }

    synchronized List<Moment> moments() {
        return List.copyOf(moments);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}

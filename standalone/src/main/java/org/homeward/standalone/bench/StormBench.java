package org.homeward.standalone.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.homeward.standalone.bench.cpe.Homecoming;
import org.homeward.standalone.bench.cpe.LoadClient;
import org.homeward.standalone.bench.cpe.LoadCpe;
import org.homeward.standalone.bench.cpe.Tally;
import org.homeward.standalone.bench.server.Watched;

/**
 * After a blackout a whole fleet comes back within seconds while operators go on working: does anything get lost, and
 * does anybody who waits notice?
 */
final class StormBench {

    private static final double ORDERS_PER_SECOND = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Target target;
    private final Target.Homeward homeward;
    private final Terminal terminal;

    StormBench(Target target, Target.Homeward homeward, Terminal terminal) {
        this.target = target;
        this.homeward = homeward;
        this.terminal = terminal;
    }

    /** @param series of the CPEs, which all are known to the system */
    StormResult run(String series, List<LoadCpe> cpes, LiveCpes live) throws IOException, InterruptedException {
        Watched.Reading before = target.watched().read();
        Tally tally = new Tally();
        OrderLoad orders = new OrderLoad(homeward.rest(), live.targets(homeward.rest()), ORDERS_PER_SECOND);
        long began = System.nanoTime();
        double steady;
        List<Timeline.Moment> moments;
        try (Terminal.Ticking ticking = terminal.ticking("storm", tally);
                Timeline timeline = new Timeline(tally, orders)) {
            try {
                orders.start();
                new LoadClient(target.acs(), PATIENCE)
                        .run(
                                new Homecoming(cpes, List.of("1 BOOT"), SessionBench.WITHIN, 1),
                                SessionBench.MOST_OPEN,
                                tally);
            } finally {
                // or their events would never come to an end
                orders.stop();
            }
            moments = timeline.moments();
            ticking.what("dealing with the rest");
            target.backlog().awaitEmpty();
            steady = (System.nanoTime() - began) / 1e9;
        }
        Watched.Reading used = target.watched().read().since(before);
        terminal.say("comparing what the system knows with what the devices know");
        return new StormResult(
                cpes.size(),
                SessionBench.WITHIN.toSeconds(),
                tally.served(),
                tally.refused(),
                tally.failures(),
                tally.seconds(),
                steady,
                Percentiles.of(tally.sessions().millis()),
                ORDERS_PER_SECOND,
                orders.millis(),
                orders.failures(),
                moments,
                used.counted(),
                target.watched().memory(),
                homeward.registry().compare(series, cpes));
    }
}

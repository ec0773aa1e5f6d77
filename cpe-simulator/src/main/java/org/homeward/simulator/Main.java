package org.homeward.simulator;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.homeward.simulator.fleet.Fleet;
import org.homeward.simulator.fleet.FleetReport;
import org.homeward.simulator.model.BaseModel;

/** Runs a fleet of simulated CPEs from the command line, against any ACS. */
public final class Main {
    private final SimOptions options;
    private final PrintStream out;
    private final CountDownLatch stop = new CountDownLatch(1);

    private Main(SimOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    public static void main(String[] args) throws InterruptedException {
        System.exit(run(List.of(args), System.out, System.err));
    }

    /** The whole program but for leaving the JVM; returns the exit code. */
    static int run(List<String> args, PrintStream out, PrintStream err) throws InterruptedException {
        if (args.contains("--help") || args.contains("-h")) {
            out.print(SimOptions.USAGE);
            return 0;
        }
        try {
            return new Main(SimOptions.parse(args), out).run();
        } catch (SimOptions.UsageException e) {
            err.println("sim: " + e.getMessage());
            err.print(SimOptions.USAGE);
            return 2;
        }
    }

    private int run() throws InterruptedException {
        CpeOptionsDraft draft = new CpeOptionsDraft(CpeOptions.defaults());
        draft.periodicInform = options.interval;
        draft.retryScale = options.once ? 0 : 1;
        draft.bootTime = Duration.ofSeconds(5);
        Fleet fleet = Fleet.of(options.acs(), options.count)
                .models(options.models.toArray(BaseModel[]::new))
                .seed(options.seed)
                .options(draft.toOptions())
                .credentials(options::credentials)
                .build();
        CountDownLatch finished = new CountDownLatch(1);
        // Ctrl-C ends the loop below; the JVM stays until the final table is out.
        Thread onInterrupt = new Thread(() -> {
            stop.countDown();
            join(finished);
        });
        Runtime.getRuntime().addShutdownHook(onInterrupt);
        long began = System.nanoTime();
        try (fleet) {
            fleet.start(options.spread());
            FleetReport report = new FleetReport(out, options.json, options.count);
            while (!isOver(fleet, began) && !stop.await(1, TimeUnit.SECONDS)) {
                report.tick(fleet.stats(), since(began));
            }
            report.summary(fleet.stats(), since(began));
            return fleet.stats().failed() > 0 ? 1 : 0;
        } finally {
            finished.countDown();
            if (stop.getCount() > 0) {
                Runtime.getRuntime().removeShutdownHook(onInterrupt);
            }
        }
    }

    private boolean isOver(Fleet fleet, long began) {
        boolean allDone = options.once && fleet.stats().sessions() >= options.count;
        return allDone || options.duration != null && since(began).compareTo(options.duration) >= 0;
    }

    private static void join(CountDownLatch finished) {
        try {
            if (!finished.await(5, TimeUnit.SECONDS)) {
                System.err.println("sim: the fleet did not stop in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}

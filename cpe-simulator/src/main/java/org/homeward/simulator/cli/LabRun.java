package org.homeward.simulator.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.homeward.simulator.figures.Display;
import org.homeward.simulator.figures.Expectations;
import org.homeward.simulator.figures.JsonReport;
import org.homeward.simulator.figures.PrometheusText;
import org.homeward.simulator.figures.RunFigures;
import org.homeward.simulator.fleet.Fleet;
import org.homeward.simulator.http.Headers;
import org.homeward.simulator.http.SmallHttpServer;
import org.homeward.simulator.http.SmallHttpServer.Answer;
import org.homeward.simulator.http.SmallHttpServer.Request;
import org.homeward.simulator.scenario.Scenario;
import org.homeward.simulator.scenario.ScenarioRun;
import org.jspecify.annotations.Nullable;

/** A fleet from its first contact to the verdict. */
final class LabRun {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int REFRESH_MILLIS = 250;
    private final FleetOptions devices;
    private final RunOptions options;
    private final Screen screen;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch shown = new CountDownLatch(1);

    LabRun(FleetOptions devices, RunOptions options, Screen screen) {
        this.devices = devices;
        this.options = options;
        this.screen = screen;
    }

    /** A fleet that does what its devices do by themselves; one session each when it is only once. */
    int fleet(boolean once) throws InterruptedException {
        try (Fleet fleet = devices.build(!once)) {
            Duration limit = options.duration;
            return run(
                    "fleet",
                    fleet,
                    null,
                    limit,
                    Expectations.parse("failed=0,refused=0"),
                    () -> once && fleet.stats().sessions() >= devices.count);
        }
    }

    int scenario(Scenario scenario) throws InterruptedException {
        try (Fleet fleet = devices.build(true)) {
            ScenarioRun run = ScenarioRun.begin(scenario, fleet);
            Duration limit = options.duration == null ? PATIENCE : options.duration;
            return run(scenario.name(), fleet, run, limit, Expectations.parse("reached=100%"), run::isComplete);
        }
    }

    private int run(
            String title,
            Fleet fleet,
            @Nullable ScenarioRun scenario,
            @Nullable Duration limit,
            Expectations usual,
            Supplier<Boolean> isOver)
            throws InterruptedException {
        long began = System.nanoTime();
        Supplier<RunFigures> figures = () -> new RunFigures(
                title + " against " + devices.acs(),
                devices.count,
                Duration.ofNanos(System.nanoTime() - began),
                fleet.stats(),
                scenario == null ? List.of() : scenario.figures());
        // Ctrl-C ends the loop below; the JVM stays until the figures are out.
        Thread onInterrupt = new Thread(() -> {
            stop.countDown();
            awaitShown();
        });
        Runtime.getRuntime().addShutdownHook(onInterrupt);
        try (MetricsPort metrics = new MetricsPort(figures)) {
            fleet.start(devices.spread());
            Display display = new Display(screen.err(), screen.terminal());
            while (!isOver.get() && !isPast(limit, began) && !stop.await(REFRESH_MILLIS, TimeUnit.MILLISECONDS)) {
                display.tick(figures.get());
            }
            display.clear();
            return verdict(figures.get(), scenario, usual);
        } finally {
            shown.countDown();
            if (stop.getCount() > 0) {
                Runtime.getRuntime().removeShutdownHook(onInterrupt);
            }
        }
    }

    private int verdict(RunFigures figures, @Nullable ScenarioRun scenario, Expectations usual) {
        List<String> missed = (options.expect == null ? usual : options.expect).missedBy(figures);
        List<String> stuck = scenario == null || scenario.isComplete() ? List.of() : scenario.stuck();
        if (!RunOptions.STANDARD_OUT.equals(options.json)) {
            screen.out().print(Display.summary(figures));
        }
        List<String> remarks = new ArrayList<>(stuck);
        remarks.addAll(missed);
        remarks.forEach(screen.err()::println);
        writeJson(JsonReport.of(figures, missed));
        return missed.isEmpty() ? Main.AS_EXPECTED : Main.NOT_AS_EXPECTED;
    }

    private void writeJson(String json) {
        if (RunOptions.STANDARD_OUT.equals(options.json)) {
            screen.out().println(json);
        } else if (options.json != null) {
            try {
                Files.writeString(options.json, json + "\n");
            } catch (IOException e) {
                throw new UncheckedIOException("--json: cannot write " + options.json, e);
            }
        }
    }

    private static boolean isPast(@Nullable Duration limit, long began) {
        return limit != null && System.nanoTime() - began >= limit.toNanos();
    }

    private void awaitShown() {
        try {
            if (!shown.await(10, TimeUnit.SECONDS)) {
                screen.err().println("sim: the fleet did not stop in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Serves the figures while the run lasts, if it is to. */
    private final class MetricsPort implements AutoCloseable {
        private final @Nullable SmallHttpServer server;

        MetricsPort(Supplier<RunFigures> figures) {
            server = options.metricsPort == null
                    ? null
                    : SmallHttpServer.start(options.metricsPort, request -> answer(request, figures));
            if (server != null) {
                screen.err().println("figures for Prometheus: http://" + server.authority() + "/metrics");
            }
        }

        private static Answer answer(Request request, Supplier<RunFigures> figures) {
            if (!request.path().equals("/metrics")) {
                return Answer.of(404);
            }
            Headers headers = new Headers().add("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
            return new Answer(200, headers, PrometheusText.of(figures.get()).getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void close() {
            if (server != null) {
                server.close();
            }
        }
    }
}

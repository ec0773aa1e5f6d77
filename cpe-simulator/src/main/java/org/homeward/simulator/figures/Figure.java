package org.homeward.simulator.figures;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** What can be expected of a run. Durations are in milliseconds. */
enum Figure {
    SESSIONS(Unit.COUNT, r -> r.sessions().sessions()),
    OK(Unit.OF_SESSIONS, r -> r.sessions().ok()),
    FAILED(Unit.OF_SESSIONS, r -> r.sessions().failed()),
    REFUSED(Unit.OF_SESSIONS, r -> r.sessions().refused()),
    RETRIES(Unit.OF_SESSIONS, r -> r.sessions().retries()),
    FAULTS(Unit.COUNT, r -> r.sessions().cwmpFaults()),
    RPCS(Unit.COUNT, r -> r.sessions().rpcCount()),
    RATE(Unit.COUNT, RunFigures::rate),
    REACHED(Unit.OF_DEVICES, RunFigures::reached),
    P50(Unit.DURATION, r -> millis(r.sessions().session().p50())),
    P95(Unit.DURATION, r -> millis(r.sessions().session().p95())),
    P99(Unit.DURATION, r -> millis(r.sessions().session().p99())),
    ANSWER_P50(Unit.DURATION, r -> millis(r.sessions().exchange().p50())),
    ANSWER_P95(Unit.DURATION, r -> millis(r.sessions().exchange().p95())),
    ANSWER_P99(Unit.DURATION, r -> millis(r.sessions().exchange().p99()));

    /** What a figure is measured in, and what its percentages are of. */
    enum Unit {
        COUNT,
        OF_SESSIONS,
        OF_DEVICES,
        DURATION
    }

    final Unit unit;
    private final ToDoubleFunction<RunFigures> value;

    Figure(Unit unit, ToDoubleFunction<RunFigures> value) {
        this.unit = unit;
        this.value = value;
    }

    /** As it is written: {@code answer-p99}. */
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Figure> named(String text) {
        return Arrays.stream(values()).filter(f -> f.text().equals(text)).findFirst();
    }

    static String names() {
        return Arrays.stream(values()).map(Figure::text).collect(Collectors.joining(", "));
    }

    double of(RunFigures run) {
        return value.applyAsDouble(run);
    }

    /** What 100 % of it is; zero where percentages make no sense. */
    long whole(RunFigures run) {
        return switch (unit) {
            case OF_SESSIONS -> run.sessions().sessions();
            case OF_DEVICES -> run.devices();
            case COUNT, DURATION -> 0;
        };
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }
}

package org.homeward.simulator.figures;

import java.time.Duration;
import java.util.List;
import org.homeward.simulator.fleet.FleetStats;

/**
 * Where a run stands, or stood at its end.
 *
 * @param title what is run, such as a scenario's name
 * @param milestones in order; empty for a run without a scenario
 */
public record RunFigures(
        String title, int devices, Duration elapsed, FleetStats.Snapshot sessions, List<MilestoneFigures> milestones) {

    /**
     * How far the devices have come.
     *
     * @param reached how many devices are past it
     * @param latency since the run began or, for what follows a blackout, since that
     */
    public record MilestoneFigures(String name, int reached, FleetStats.Latency latency) {}

    public RunFigures {
        milestones = List.copyOf(milestones);
    }

    /** Devices that are past the last milestone; all of them where there is none. */
    public int reached() {
        return milestones.isEmpty() ? devices : milestones.getLast().reached();
    }

    /** Sessions per second over the whole run. */
    public double rate() {
        return elapsed.isZero() ? 0 : sessions.sessions() / (elapsed.toNanos() / 1e9);
    }
}

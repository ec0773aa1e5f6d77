package org.homeward.simulator.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.homeward.simulator.CpeIdentity;
import org.homeward.simulator.SessionReport;
import org.homeward.simulator.SimulatedCpe;
import org.homeward.simulator.figures.RunFigures.MilestoneFigures;
import org.homeward.simulator.fleet.Fleet;
import org.homeward.simulator.fleet.LatencyHistogram;

/** A scenario while a fleet plays it. Begin it before the fleet starts. */
public final class ScenarioRun {

    /** How many devices came past one milestone, and when. */
    private static final class Passage {
        final AtomicInteger count = new AtomicInteger();
        final LatencyHistogram times = new LatencyHistogram();
    }

    /** How far one device has come. Guarded by itself. */
    private static final class Progress {
        final String firmwareBefore;
        int passed;
        String lastSession = "no session";

        Progress(String firmwareBefore) {
            this.firmwareBefore = firmwareBefore;
        }
    }

    private static final int MAX_NAMED = 5;
    private final Scenario scenario;
    private final Fleet fleet;
    private final List<Passage> passages;
    private final Map<CpeIdentity, Progress> devices;
    /** Milestones from this one on wait for a turn that has not come yet. */
    private volatile int closedFrom;

    private volatile long clockStart = System.nanoTime();

    private ScenarioRun(Scenario scenario, Fleet fleet) {
        this.scenario = scenario;
        this.fleet = fleet;
        this.passages = scenario.milestones().stream().map(m -> new Passage()).toList();
        this.devices = HashMap.newHashMap(fleet.devices().size());
        for (SimulatedCpe cpe : fleet.devices()) {
            devices.put(cpe.identity(), new Progress(cpe.model().under("DeviceInfo.SoftwareVersion")));
        }
        closedFrom = nextTurn(0);
    }

    /** Watches a fleet that is about to start. */
    public static ScenarioRun begin(Scenario scenario, Fleet fleet) {
        ScenarioRun run = new ScenarioRun(scenario, fleet);
        fleet.onSession(run::heard);
        return run;
    }

    /** The number behind the next milestone that brings a turn; that of the end where there is none. */
    private int nextTurn(int from) {
        for (int i = from; i < passages.size(); i++) {
            if (scenario.milestones().get(i).turn() != null) {
                return i + 1;
            }
        }
        return passages.size();
    }

    private void heard(SimulatedCpe cpe, SessionReport report) {
        Progress progress = devices.get(cpe.identity());
        if (progress == null) {
            throw new IllegalStateException("not of this fleet: " + cpe.identity());
        }
        synchronized (progress) {
            Contact contact = new Contact(cpe, report, progress.firmwareBefore);
            progress.lastSession = contact.summary();
            int open = closedFrom;
            while (progress.passed < open
                    && scenario.milestones().get(progress.passed).passedBy().test(contact)) {
                passed(progress.passed++);
            }
        }
    }

    private void passed(int number) {
        Passage passage = passages.get(number);
        passage.times.add(Duration.ofNanos(Math.max(0, System.nanoTime() - clockStart)));
        Function<Fleet, Duration> turn = scenario.milestones().get(number).turn();
        if (passage.count.incrementAndGet() == devices.size() && turn != null) {
            clockStart = System.nanoTime() + turn.apply(fleet).toNanos();
            closedFrom = nextTurn(number + 1);
        }
    }

    /** Whether every device is past the last milestone. */
    public boolean isComplete() {
        return passages.getLast().count.get() == devices.size();
    }

    public List<MilestoneFigures> figures() {
        List<MilestoneFigures> figures = new ArrayList<>();
        for (int i = 0; i < passages.size(); i++) {
            Passage passage = passages.get(i);
            figures.add(new MilestoneFigures(
                    scenario.milestones().get(i).name(), passage.count.get(), passage.times.latency()));
        }
        return figures;
    }

    /** A few of the devices that are not through, with what they wait for and what they did last. */
    public List<String> stuck() {
        List<String> stuck = new ArrayList<>();
        for (SimulatedCpe cpe : fleet.devices()) {
            Progress progress = devices.get(cpe.identity());
            if (progress != null && stuck.size() < MAX_NAMED) {
                synchronized (progress) {
                    if (progress.passed < passages.size()) {
                        stuck.add("%s not yet: %s; last session: %s"
                                .formatted(
                                        cpe.identity().deviceId(),
                                        scenario.milestones()
                                                .get(progress.passed)
                                                .name(),
                                        progress.lastSession));
                    }
                }
            }
        }
        return stuck;
    }
}

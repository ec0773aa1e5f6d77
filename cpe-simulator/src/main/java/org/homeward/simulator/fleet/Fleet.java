package org.homeward.simulator.fleet;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.homeward.simulator.CpeBuilder;
import org.homeward.simulator.CpeHost;
import org.homeward.simulator.CpeIdentity;
import org.homeward.simulator.CpeOptions;
import org.homeward.simulator.Credentials;
import org.homeward.simulator.SessionReport;
import org.homeward.simulator.SimulatedCpe;
import org.homeward.simulator.behaviour.MisbehaviourMix;
import org.homeward.simulator.model.BaseModel;
import org.homeward.simulator.model.Models;

/**
 * Many CPEs that share one timer, one connection-request listener and their data models. Identities follow from a seed:
 * the same seed gives the same devices.
 *
 * <pre>
 * try (Fleet fleet = Fleet.of(acs, 1_000).seed(7).start(Duration.ofSeconds(10))) { ... }
 * </pre>
 */
public final class Fleet implements AutoCloseable {

    /** Describes a fleet. */
    public static final class Builder {
        private final URI acs;
        private final int count;
        private List<BaseModel> models = List.of(Models.tr181(), Models.tr098());
        private long seed = 1;
        private CpeOptions options = CpeOptions.defaults();
        private Function<CpeIdentity, Credentials> credentials = identity -> Credentials.none();
        private MisbehaviourMix misbehaviours = MisbehaviourMix.none();
        private boolean known;

        private Builder(URI acs, int count) {
            this.acs = acs;
            this.count = count;
        }

        /** Dealt out in turn; by default TR-181 and TR-098. */
        public Builder models(BaseModel... inTurn) {
            models = List.of(inTurn);
            return this;
        }

        public Builder seed(long number) {
            seed = number;
            return this;
        }

        public Builder options(CpeOptions forAll) {
            options = forAll;
            return this;
        }

        public Builder credentials(Function<CpeIdentity, Credentials> each) {
            credentials = each;
            return this;
        }

        /** Which share of the devices does what wrong; the same seed draws the same devices. */
        public Builder misbehave(MisbehaviourMix mix) {
            misbehaviours = mix;
            return this;
        }

        /** Devices that have met their ACS before: no {@code 0 BOOTSTRAP}. */
        public Builder known(boolean all) {
            known = all;
            return this;
        }

        /** The devices, none of which has made contact yet. */
        public Fleet build() {
            return new Fleet(this);
        }

        /** The devices, whose first contacts spread evenly over a time. */
        public Fleet start(Duration spread) {
            Fleet fleet = build();
            fleet.start(spread);
            return fleet;
        }
    }

    /** Keeps the seeds of neighbours, in one fleet or of two, from being neighbours. */
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final CpeHost host = new CpeHost();
    private final FleetStats stats = new FleetStats();
    private final List<SimulatedCpe> devices;
    private volatile BiConsumer<SimulatedCpe, SessionReport> onSession = (cpe, report) -> {};
    private final ScheduledExecutorService starter = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("fleet-start").factory());

    private Fleet(Builder builder) {
        Random random = new Random(builder.seed);
        List<SimulatedCpe> all = new ArrayList<>(builder.count);
        for (int i = 0; i < builder.count; i++) {
            BaseModel model = builder.models.get(i % builder.models.size());
            String productClass = model.root().equals("Device.") ? "HG-2400" : "HG-1100";
            // The serial number counts, so that no two are alike, and carries some of the seed's randomness.
            String serial = "HW%04X%06d".formatted(random.nextInt(0x10000), i + 1);
            CpeIdentity identity = new CpeIdentity("Homeward", "02A7C3", productClass, serial);
            int number = i;
            long seed = builder.seed * GOLDEN + i;
            CpeBuilder cpe = SimulatedCpe.builder(builder.acs)
                    .host(host)
                    .model(model)
                    .identity(identity)
                    .options(builder.options)
                    .credentials(builder.credentials.apply(identity))
                    .seed(seed)
                    .misbehaves(builder.misbehaviours.drawnBy(seed))
                    .onSession(report -> ended(number, report));
            all.add((builder.known ? cpe.bootstrapped() : cpe).build());
        }
        devices = List.copyOf(all);
    }

    public static Builder of(URI acs, int count) {
        return new Builder(acs, count);
    }

    /** First contacts, evenly over a time; zero for all at once. */
    public void start(Duration spread) {
        for (int i = 0; i < devices.size(); i++) {
            long nanos = spread.toNanos() / devices.size() * i;
            starter.schedule(devices.get(i)::start, nanos, TimeUnit.NANOSECONDS);
        }
    }

    /**
     * Cuts the power of every device, and gives it back.
     *
     * @param off how long it is away
     * @param within the time over which it comes back, device by device; zero for everywhere at once
     */
    public void blackout(Duration off, Duration within) {
        devices.forEach(SimulatedCpe::powerOff);
        for (int i = 0; i < devices.size(); i++) {
            long nanos = off.toNanos() + within.toNanos() / devices.size() * i;
            starter.schedule(devices.get(i)::powerOn, nanos, TimeUnit.NANOSECONDS);
        }
    }

    public List<SimulatedCpe> devices() {
        return devices;
    }

    /** Is told of each session's end from now on, on the thread of that session; replaces an earlier listener. */
    public void onSession(BiConsumer<SimulatedCpe, SessionReport> listener) {
        onSession = listener;
    }

    private void ended(int number, SessionReport report) {
        stats.add(report);
        onSession.accept(devices.get(number), report);
    }

    public FleetStats.Snapshot stats() {
        int inSession = (int) devices.stream().filter(SimulatedCpe::isInSession).count();
        return stats.snapshot(inSession);
    }

    @Override
    public void close() {
        starter.shutdownNow();
        devices.forEach(SimulatedCpe::close);
        host.close();
    }
}

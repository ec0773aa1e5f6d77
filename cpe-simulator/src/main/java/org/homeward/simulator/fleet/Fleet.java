package org.homeward.simulator.fleet;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.homeward.simulator.CpeHost;
import org.homeward.simulator.CpeIdentity;
import org.homeward.simulator.CpeOptions;
import org.homeward.simulator.Credentials;
import org.homeward.simulator.SimulatedCpe;
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

    private final CpeHost host = new CpeHost();
    private final FleetStats stats = new FleetStats();
    private final List<SimulatedCpe> devices;
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
            all.add(SimulatedCpe.builder(builder.acs)
                    .host(host)
                    .model(model)
                    .identity(identity)
                    .options(builder.options)
                    .credentials(builder.credentials.apply(identity))
                    .onSession(stats::add)
                    .build());
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

    public List<SimulatedCpe> devices() {
        return devices;
    }

    public FleetStats.Snapshot stats() {
        return stats.snapshot();
    }

    @Override
    public void close() {
        starter.shutdownNow();
        devices.forEach(SimulatedCpe::close);
        host.close();
    }
}

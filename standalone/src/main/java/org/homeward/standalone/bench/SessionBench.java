package org.homeward.standalone.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.homeward.standalone.bench.cpe.Calls;
import org.homeward.standalone.bench.cpe.Doorbells;
import org.homeward.standalone.bench.cpe.Homecoming;
import org.homeward.standalone.bench.cpe.LoadClient;
import org.homeward.standalone.bench.cpe.LoadCpe;
import org.homeward.standalone.bench.cpe.OnceEach;
import org.homeward.standalone.bench.cpe.PeriodicContacts;
import org.homeward.standalone.bench.cpe.Tally;
import org.homeward.standalone.bench.server.Registry;
import org.homeward.standalone.bench.server.Watched;

/**
 * Plays sessions and says what they cost: time to the CPE, and CPU time to the servers, which is counted until they have
 * dealt with everything.
 */
final class SessionBench {

    /** In which a storm's devices first call. */
    static final Duration WITHIN = Duration.ofSeconds(10);

    /** Connections that this machine's limits allow a client beside the servers. */
    static final int MOST_OPEN = 8_000;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Nobody listens there: nothing is due for these devices, so nobody wakes them. */
    private static final String CONNECTION_REQUESTS = "127.0.0.1:9";

    /** Devices that a large fleet is copied from. */
    private static final int ORIGINALS = 200;

    private final Target target;
    private final BenchOptions options;
    private final Terminal terminal;
    private final LoadClient client;

    SessionBench(Target target, BenchOptions options, Terminal terminal) {
        this.target = target;
        this.options = options;
        this.terminal = terminal;
        this.client = new LoadClient(target.acs(), PATIENCE);
    }

    /** As many new devices as {@code --devices} says call once each, after others that are not counted. */
    SessionResult firstContact() throws IOException, InterruptedException {
        warmUpNew();
        String series = series();
        List<LoadCpe> cpes = cpes(series + "F", options.devices());
        return measured("first contact", series + "F", cpes, OnceEach.forTheFirstTime(cpes));
    }

    private void warmUpNew() throws IOException, InterruptedException {
        String series = series() + "W";
        play(
                "warming up",
                OnceEach.forTheFirstTime(number -> new LoadCpe(series, number, CONNECTION_REQUESTS), options.warmUp()));
        target.backlog().awaitEmpty();
    }

    /** New devices all come within seconds, and a profile gives each what its subscriber bought. */
    SessionResult provisioned(int devices) throws IOException, InterruptedException {
        warmUpNew();
        String series = series() + "P";
        try (Doorbells doorbells = new Doorbells()) {
            List<LoadCpe> cpes = cpes(series, devices, doorbells.authority());
            try (Bought bought = Bought.by(cpes, series, homeward().rest())) {
                SessionResult result = measured(
                        "first contact under a profile",
                        series,
                        cpes,
                        new Homecoming(cpes, OnceEach.FIRST, WITHIN, 1).untilEach(Bought::isGiven, doorbells, PATIENCE),
                        MOST_OPEN);
                return bought.check(result);
            }
        }
    }

    /** Devices that were read and set up before call for as long as {@code --duration} says, in turn. */
    SessionResult steady() throws IOException, InterruptedException {
        String series = series() + "S";
        List<LoadCpe> cpes = cpes(series, options.devices());
        play("first contacts", OnceEach.forTheFirstTime(cpes));
        target.backlog().awaitEmpty();
        if (!options.warmUp().isZero()) {
            play("warming up", periodic(cpes, options.warmUp()));
            target.backlog().awaitEmpty();
        }
        return measured("steady", series, cpes, periodic(cpes, options.duration()));
    }

    /**
     * The same with a fleet of many, of which each calls once before it counts, so that nothing is new any more.
     */
    SessionResult steadyAmong(int registered) throws IOException, InterruptedException {
        String series = series() + "M";
        List<LoadCpe> fleet = fleet(series, registered);
        play("each once", OnceEach.asUsual(fleet));
        target.backlog().awaitEmpty();
        return measured("steady in a large fleet", series, fleet, periodic(fleet, options.duration()));
    }

    /** Many devices that the system knows. */
    List<LoadCpe> fleet(String series, int count) throws IOException, InterruptedException {
        Target.Homeward homeward = homeward();
        List<LoadCpe> originals = cpes(series() + "O", Math.min(count, ORIGINALS));
        play("first contacts", OnceEach.forTheFirstTime(originals));
        target.backlog().awaitEmpty();
        List<LoadCpe> fleet = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            fleet.add(originals.get(i % originals.size()).copy(series, i));
        }
        homeward.population().copy(originals, fleet, done -> {
            if (done % 10_000 == 0) {
                terminal.say("%,d devices made".formatted(done));
            }
        });
        return fleet;
    }

    private Target.Homeward homeward() throws IOException {
        Target.Homeward homeward = target.homeward();
        if (homeward == null) {
            throw new IOException("that can be done with a system of ours only");
        }
        return homeward;
    }

    /** A while of the usual, so that what follows does not pay for the warming up. */
    void warmUp(List<LoadCpe> cpes) throws IOException, InterruptedException {
        play("warming up", periodic(cpes, options.warmUp()));
        target.backlog().awaitEmpty();
    }

    private Calls periodic(List<LoadCpe> cpes, Duration lasting) {
        return options.rate() > 0
                ? PeriodicContacts.atRate(cpes, lasting, options.rate())
                : PeriodicContacts.asFastAsAnswered(cpes, lasting);
    }

    private Tally play(String what, Calls calls) throws IOException {
        return play(what, calls, options.rate() > 0 ? Integer.MAX_VALUE : options.concurrency());
    }

    private Tally play(String what, Calls calls, int most) throws IOException {
        Tally tally = new Tally();
        try (Terminal.Ticking ticking = terminal.ticking(what, tally)) {
            client.run(calls, most, tally);
        }
        return tally;
    }

    private SessionResult measured(String scenario, String series, List<LoadCpe> cpes, Calls calls)
            throws IOException, InterruptedException {
        return measured(scenario, series, cpes, calls, options.concurrency());
    }

    private SessionResult measured(String scenario, String series, List<LoadCpe> cpes, Calls calls, int most)
            throws IOException, InterruptedException {
        Watched.Reading before = target.watched().read();
        Tally tally = play(scenario, calls, options.rate() > 0 ? Integer.MAX_VALUE : most);
        long ended = System.nanoTime();
        target.backlog().awaitEmpty();
        double drain = (System.nanoTime() - ended) / 1e9;
        Watched.Reading used = target.watched().read().since(before);
        Target.Homeward homeward = target.homeward();
        Registry.Findings findings = null;
        if (homeward != null) {
            terminal.say("comparing what the system knows with what the devices know");
            findings = homeward.registry().compare(series, cpes);
        }
        return new SessionResult(
                scenario,
                cpes.size(),
                homeward == null ? -1 : homeward.registry().devices(),
                most,
                options.rate(),
                tally.served(),
                tally.seconds(),
                tally.served() / tally.seconds(),
                drain,
                used.counted(),
                used.apart(),
                tally.served() / used.seconds(),
                tally.rpcs(),
                Percentiles.of(tally.sessions().millis()),
                Percentiles.of(tally.requests().millis()),
                tally.refused(),
                tally.failures(),
                target.watched().memory(),
                findings);
    }

    /** No two runs have the same devices. */
    static String series() {
        return Long.toString(System.currentTimeMillis() / 1000, 36).toUpperCase(java.util.Locale.ROOT);
    }

    private static List<LoadCpe> cpes(String series, int count) {
        return cpes(series, count, CONNECTION_REQUESTS);
    }

    private static List<LoadCpe> cpes(String series, int count, String connectionRequests) {
        List<LoadCpe> cpes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            cpes.add(new LoadCpe(series, i, connectionRequests));
        }
        return cpes;
    }
}

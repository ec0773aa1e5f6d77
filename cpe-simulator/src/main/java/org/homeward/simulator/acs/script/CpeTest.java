package org.homeward.simulator.acs.script;

import java.io.Closeable;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.homeward.simulator.acs.ScriptedAcs;
import org.homeward.simulator.acs.ScriptedAcs.Dialogue;
import org.homeward.simulator.acs.ScriptedAcs.Heard;
import org.homeward.simulator.acs.ScriptedAcs.Login;

/** An ACS that takes every CPE that comes through a script, each on its own, until enough of them are through. */
public final class CpeTest implements Closeable {

    /**
     * How it went.
     *
     * @param through devices that came to the end of the script
     * @param flawless those of them that did and said all that was expected
     * @param unfinished what the others would have had to do or to say next, by device
     */
    public record Verdict(int through, int flawless, Map<String, String> unfinished) {}

    private static final Duration LAST_ANSWER = Duration.ofSeconds(2);
    private final ScriptedAcs acs;
    private final AcsScript script;
    private final Consumer<String> log;
    private final Map<String, ScriptRun> devices = new ConcurrentHashMap<>();
    private final Set<String> counted = ConcurrentHashMap.newKeySet();
    private final CountDownLatch wanted;

    private CpeTest(
            InetSocketAddress address,
            Login login,
            Map<String, String> passwords,
            AcsScript script,
            int wanted,
            Consumer<String> log) {
        this.script = script;
        this.log = log;
        this.wanted = new CountDownLatch(wanted);
        this.acs = ScriptedAcs.start(address, login, passwords, this::informed);
    }

    /**
     * Starts to listen.
     *
     * @param wanted how many devices have to come through the script
     * @param log is told of each step, as a line
     */
    public static CpeTest start(
            InetSocketAddress address,
            Login login,
            Map<String, String> passwords,
            AcsScript script,
            int wanted,
            Consumer<String> log) {
        return new CpeTest(address, login, passwords, script, wanted, log);
    }

    public URI uri() {
        return acs.uri();
    }

    private Dialogue informed(Heard inform) {
        String id = ScriptRun.deviceId(inform);
        log.accept(id + " calls: " + String.join(" + ", inform.events()));
        ScriptRun device = devices.computeIfAbsent(id, i -> new ScriptRun(i, script, this::happened));
        return new UntilTheEnd(device, device.informed(inform));
    }

    private void happened(ScriptRun device, ScriptRun.Result result) {
        String verdict = result.wrong().isEmpty() ? "as expected" : "WRONG: " + String.join("; ", result.wrong());
        log.accept(device.deviceId() + "   " + result.step().title() + ": " + verdict);
        if (device.isThrough()) {
            log.accept(device.deviceId() + " is through");
        }
    }

    /** Counts a device once its last session has been ended, so that nobody leaves in the middle of it. */
    private final class UntilTheEnd implements Dialogue {
        private final ScriptRun device;
        private final Dialogue dialogue;

        UntilTheEnd(ScriptRun device, Dialogue dialogue) {
            this.device = device;
            this.dialogue = dialogue;
        }

        @Override
        public Optional<String> next() {
            Optional<String> rpc = dialogue.next();
            if (rpc.isEmpty() && device.isThrough() && counted.add(device.deviceId())) {
                wanted.countDown();
            }
            return rpc;
        }

        @Override
        public void hears(Heard said) {
            dialogue.hears(said);
        }
    }

    /** Waits until as many devices as wanted are through; false when the time is up before. */
    public boolean await(Duration limit) throws InterruptedException {
        return wanted.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    public Verdict verdict() {
        List<ScriptRun> all = List.copyOf(devices.values());
        return new Verdict(
                (int) all.stream().filter(ScriptRun::isThrough).count(),
                (int) all.stream().filter(ScriptRun::isFlawless).count(),
                all.stream()
                        .filter(d -> d.awaits().isPresent())
                        .collect(Collectors.toMap(
                                ScriptRun::deviceId, d -> d.awaits().orElseThrow())));
    }

    @Override
    public void close() {
        acs.settle(LAST_ANSWER);
        acs.close();
    }
}

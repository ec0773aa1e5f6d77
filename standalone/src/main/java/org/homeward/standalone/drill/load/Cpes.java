package org.homeward.standalone.drill.load;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.homeward.contracts.DeviceId;
import org.homeward.simulator.CpeHost;
import org.homeward.simulator.CpeIdentity;
import org.homeward.simulator.Credentials;
import org.homeward.simulator.RpcAction;
import org.homeward.simulator.RpcCall;
import org.homeward.simulator.SessionReport;
import org.homeward.simulator.SessionReport.Exchange;
import org.homeward.simulator.SimulatedCpe;
import org.homeward.simulator.model.Models;
import org.homeward.simulator.soap.Element;
import org.homeward.standalone.drill.account.Answer;
import org.homeward.standalone.drill.account.AnswerAccount.Received;
import org.homeward.standalone.drill.account.Books;
import org.homeward.standalone.drill.account.Finding;
import org.homeward.standalone.drill.account.Inform;
import org.homeward.standalone.drill.account.Told;

/**
 * Simulated CPEs that call home again and again, half of them TR-181 and half TR-098, and write into the books what they
 * were told and answered. None of them retries by itself: who calls when is decided here.
 */
public final class Cpes implements AutoCloseable {

    /** How long a CPE waits for any answer; the gateway holds it for a plan no longer than 5 s. */
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private static final Duration GAP = Duration.ofMillis(1_500);
    private static final Duration CALM_GAP = Duration.ofSeconds(3);
    private static final int ROLL_CALLS = 20;

    private final CpeHost host = new CpeHost();
    private final Books books;
    private final Random random;
    private final List<SimulatedCpe> devices = new ArrayList<>();
    private final Set<String> registered = ConcurrentHashMap.newKeySet();
    private final CountDownLatch end = new CountDownLatch(1);
    private final List<Thread> callers = new ArrayList<>();
    private volatile boolean calm;
    private int started;

    /** @param seed the same seed gives the same devices */
    public Cpes(URI acs, Credentials factory, int count, long seed, Books books) {
        this.books = books;
        this.random = new Random(seed);
        for (int i = 0; i < count; i++) {
            boolean newModel = i % 2 == 0;
            String serial = "DR%04X%04d".formatted(random.nextInt(0x10000), i + 1);
            devices.add(SimulatedCpe.builder(acs)
                    .host(host)
                    .model(newModel ? Models.tr181() : Models.tr098())
                    .identity(new CpeIdentity("Homeward", "02A7C3", newModel ? "HG-2400" : "HG-1100", serial))
                    .credentials(factory)
                    .timeout(PATIENCE)
                    .retryScale(0)
                    .onRpc(this::told)
                    .onSession(this::ended)
                    .build());
        }
    }

    /** Lets so many more of them make first contact; each calls again and again from then on. */
    public synchronized void start(int more) {
        for (SimulatedCpe cpe : devices.subList(started, Math.min(started + more, devices.size()))) {
            long offset = random.nextLong(GAP.toMillis());
            callers.add(Thread.ofVirtual().name("caller").start(() -> keepCalling(cpe, offset)));
            started++;
        }
    }

    public int count() {
        return devices.size();
    }

    public int registeredCount() {
        return registered.size();
    }

    /** Devices that the ACS knows, so that orders can be placed on them. */
    public List<SimulatedCpe> registered() {
        return devices.stream()
                .filter(cpe -> registered.contains(id(cpe.identity())))
                .toList();
    }

    /** From now on they call less often. */
    public void calmDown() {
        calm = true;
    }

    /**
     * Ends the calling and has each device call once more, until it has had a session from beginning to end.
     *
     * @return devices that could not
     */
    public List<Finding> rollCall() {
        end.countDown();
        callers.forEach(Cpes::join);
        List<CompletableFuture<SessionReport>> calls = devices.subList(0, started).stream()
                .map(cpe -> CompletableFuture.supplyAsync(() -> callUntilServed(cpe), Thread::startVirtualThread))
                .toList();
        return calls.stream()
                .map(CompletableFuture::join)
                .filter(last -> !last.succeeded())
                .map(last -> new Finding(
                        Finding.Kind.STUCK,
                        id(last.cpe()) + " cannot finish a session: "
                                + last.whyFailed().orElse("")))
                .toList();
    }

    private static SessionReport callUntilServed(SimulatedCpe cpe) {
        SessionReport last = cpe.informNow("2 PERIODIC").join();
        for (int i = 1; i < ROLL_CALLS && !last.succeeded(); i++) {
            pause(500);
            last = cpe.informNow("2 PERIODIC").join();
        }
        return last;
    }

    /** What each device holds of what orders write. */
    public Map<String, Map<String, String>> held() {
        Map<String, Map<String, String>> held = new HashMap<>();
        devices.forEach(
                cpe -> held.put(id(cpe.identity()), Map.of(Paths.wifiName(cpe), cpe.value(Paths.wifiName(cpe)))));
        return held;
    }

    private void keepCalling(SimulatedCpe cpe, long offset) {
        Random gaps = new Random(cpe.identity().hashCode());
        boolean running = !ends(offset);
        if (running) {
            cpe.start();
        }
        while (running && !ends(gap(gaps))) {
            SessionReport unused = cpe.informNow("2 PERIODIC").join();
        }
    }

    /** As REST names it. */
    static String id(CpeIdentity identity) {
        return new DeviceId(identity.oui(), identity.productClass(), identity.serial()).toString();
    }

    private long gap(Random gaps) {
        long middle = (calm ? CALM_GAP : GAP).toMillis();
        return middle / 2 + gaps.nextLong(middle);
    }

    private boolean ends(long withinMillis) {
        try {
            return end.await(withinMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static void pause(long millis) {
        java.util.concurrent.locks.LockSupport.parkNanos(
                Duration.ofMillis(millis).toNanos());
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private RpcAction told(RpcCall call) {
        Element body = call.request().payload();
        String key = Stream.of("ParameterKey", "CommandKey")
                .map(body::childText)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
        Map<String, String> values = new LinkedHashMap<>();
        if (call.method().equals("SetParameterValues")) {
            body.child("ParameterList")
                    .ifPresent(list -> list.children("ParameterValueStruct")
                            .forEach(each -> values.put(each.childText("Name"), each.childText("Value"))));
        }
        books.told(new Told(id(call.cpe().identity()), call.method(), key, values));
        return RpcAction.answer();
    }

    private void ended(SessionReport report) {
        String device = id(report.cpe());
        List<Exchange> exchanges = report.exchanges();
        for (int i = 0; i < exchanges.size(); i++) {
            Exchange exchange = exchanges.get(i);
            Instant at = report.start().plus(exchange.after());
            Instant until = at.plus(exchange.duration());
            String failure = i == exchanges.size() - 1 ? report.whyFailed().orElse("") : "";
            Answer answer = Answer.of(exchange.status(), exchange.receivedFault(), failure);
            books.answered(new Received(device, at, until, answer, exchange.sent() + ", " + failure));
            if (exchange.sent().equals("Inform") && exchange.received().equals("InformResponse")) {
                books.acknowledged(new Inform(device, report.start(), until, report.events()));
                registered.add(device);
            }
        }
        if (report.succeeded()) {
            books.sessionEnded();
        }
    }

    @Override
    public void close() {
        end.countDown();
        devices.forEach(SimulatedCpe::close);
        host.close();
    }
}

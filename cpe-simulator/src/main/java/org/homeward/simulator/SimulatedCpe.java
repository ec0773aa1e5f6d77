package org.homeward.simulator;

import java.net.URI;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.homeward.simulator.behaviour.Misbehaviour;
import org.homeward.simulator.model.DeviceModel;
import org.jspecify.annotations.Nullable;

/**
 * One CPE: identity, data model, events that wait for the ACS, and at most one session at a time. Between sessions it
 * holds no thread and no socket.
 *
 * <pre>
 * var cpe = SimulatedCpe.builder(acsUri).model(Models.tr181()).serial("000001").start();
 * SessionReport report = cpe.informNow("2 PERIODIC").join();
 * </pre>
 */
public final class SimulatedCpe implements AutoCloseable {

    private record Watcher(Predicate<SessionReport> wanted, CompletableFuture<SessionReport> report) {}

    /** A reboot that is due: what happens while the device is away, and what it says when it is back. */
    private record Restart(Runnable meanwhile, List<CpeEvent> events) {}

    private final CpeIdentity identity;
    private final CpeOptions options;
    private final Credentials factoryCredentials;
    private final URI factoryUrl;
    private final CpeHost host;
    private final boolean ownsHost;
    private final String connectionRequestPath;
    private final @Nullable Consumer<SessionReport> onSession;
    private final @Nullable BiConsumer<CpeIdentity, Effect> onEffect;
    private final Set<Misbehaviour> misbehaviours;
    private final DeviceModel model;
    private final Transfers transfers = new Transfers(this);

    // All below is guarded by this.
    private final List<CpeEvent> events = new ArrayList<>(2);
    private Set<String> changed = Set.of();
    private List<CompletableFuture<SessionReport>> waiting = List.of();
    private List<Watcher> watchers = List.of();
    private boolean inSession;
    private boolean sessionWanted;
    private boolean down;
    private boolean closed;
    private int retryCount;
    private int nextId;
    private final SplittableRandom random;
    private long bootedAt = System.nanoTime();
    private @Nullable Future<?> retry;
    private @Nullable Future<?> periodic;
    private @Nullable Restart restart;
    private @Nullable String firmwareVersion;
    private volatile @Nullable RpcHook hook;

    SimulatedCpe(CpeBuilder builder) {
        this.identity = builder.identity();
        this.options = builder.options();
        this.factoryCredentials = builder.credentials;
        this.factoryUrl = builder.acs;
        this.ownsHost = builder.host == null;
        this.host = builder.host == null ? new CpeHost() : builder.host;
        this.onSession = builder.onSession;
        this.onEffect = builder.onEffect;
        this.misbehaviours = builder.misbehaviours;
        this.random = new SplittableRandom(builder.seed());
        this.connectionRequestPath = builder.connectionRequestPath();
        this.hook = builder.hook;
        this.model = new DeviceModel(builder.model, this::ownValue);
        if (!builder.bootstrapped) {
            events.add(CpeEvent.of(CpeEvent.BOOTSTRAP));
            events.add(CpeEvent.of(CpeEvent.BOOT));
        }
        host.connectionRequests().register(connectionRequestPath, this);
    }

    public static CpeBuilder builder(URI acs) {
        return new CpeBuilder(acs);
    }

    public static CpeBuilder builder(String acs) {
        return new CpeBuilder(URI.create(acs));
    }

    private String ownValue(String name) {
        return switch (name) {
            case "manufacturer" -> identity.manufacturer();
            case "oui" -> identity.oui();
            case "productClass" -> identity.productClass();
            case "serial" -> identity.serial();
            case "serial4" -> identity.serialTail();
            case "mac" -> identity.mac();
            case "wanIp" -> identity.wanIp();
            case "uptime" -> Long.toString(uptime().toSeconds());
            case "now" -> now();
            case "acsUrl" -> factoryUrl.toString();
            case "acsUsername" -> factoryCredentials.username();
            case "acsPassword" -> factoryCredentials.password();
            case "connectionRequestUrl" -> host.connectionRequests().url(connectionRequestPath);
            case "connectionRequestUsername" -> identity.deviceId();
            case "connectionRequestPassword" -> "factory-" + identity.serial();
            case "periodicInformInterval" ->
                Long.toString(options.periodicInform().toSeconds());
            default -> throw new IllegalArgumentException("unknown placeholder in a data model: ${" + name + "}");
        };
    }

    public CpeIdentity identity() {
        return identity;
    }

    public CpeOptions options() {
        return options;
    }

    public DeviceModel model() {
        return model;
    }

    /** The value as the device knows it, secrets included; throws when there is no such parameter. */
    public String value(String path) {
        return model.value(path).orElseThrow(() -> new IllegalArgumentException("no parameter " + path));
    }

    /** Where connection requests for this device go. */
    public URI connectionRequestUrl() {
        return URI.create(host.connectionRequests().url(connectionRequestPath));
    }

    public synchronized boolean isInSession() {
        return inSession;
    }

    /** Whether the device is rebooting: it answers nothing. */
    public synchronized boolean isDown() {
        return down;
    }

    /** The events that the ACS has not confirmed yet. */
    public synchronized List<CpeEvent> pendingEvents() {
        return List.copyOf(events);
    }

    synchronized Duration uptime() {
        return options.pace().passing(Duration.ofNanos(System.nanoTime() - bootedAt));
    }

    /** What this one does wrong; empty for a well-behaved CPE. */
    public Set<Misbehaviour> misbehaviours() {
        return Set.copyOf(misbehaviours);
    }

    boolean does(Misbehaviour misbehaviour) {
        return misbehaviours.contains(misbehaviour);
    }

    /** Runs a task once this much of the device's own time has passed. */
    Future<?> after(Duration delay, Runnable task) {
        return host.after(options.pace().waiting(delay), task);
    }

    void happened(Effect effect) {
        if (onEffect != null) {
            onEffect.accept(identity, effect);
        }
    }

    Transfers transfers() {
        return transfers;
    }

    synchronized String nextId() {
        return Integer.toString(++nextId);
    }

    private String now() {
        return options.clock().instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Has a say in every RPC from now on; replaces an earlier hook. */
    public void onRpc(RpcHook newHook) {
        hook = newHook;
    }

    RpcAction actionFor(RpcCall call) {
        RpcHook current = hook;
        return current == null ? RpcAction.answer() : current.onRpc(call);
    }

    /** Makes first contact, and periodic ones from then on. */
    public void start() {
        schedulePeriodic();
        wake();
    }

    /**
     * Opens a session with these events, and whatever else waits to be told; after the running one if there is one.
     *
     * @return how the session went; never completes exceptionally, a failed session is a report too
     */
    public CompletableFuture<SessionReport> informNow(String... eventCodes) {
        CompletableFuture<SessionReport> report = new CompletableFuture<>();
        synchronized (this) {
            for (String code : eventCodes) {
                add(CpeEvent.of(code));
            }
            waiting = plus(waiting, report);
        }
        wake();
        return report;
    }

    /** The report of the next session to end. */
    public CompletableFuture<SessionReport> nextSession() {
        return nextSession(report -> true);
    }

    /** The report of the next session to end whose Inform carries this event. */
    public CompletableFuture<SessionReport> nextSessionWith(String eventCode) {
        return nextSession(report -> report.events().contains(eventCode));
    }

    public synchronized CompletableFuture<SessionReport> nextSession(Predicate<SessionReport> wanted) {
        CompletableFuture<SessionReport> report = new CompletableFuture<>();
        watchers = plus(watchers, new Watcher(wanted, report));
        return report;
    }

    /**
     * Changes a value as the device or its user would: an active notification opens a session, a passive one waits for
     * the next (TR-069 A.3.2.4).
     */
    public void change(String path, String value) {
        boolean active;
        synchronized (this) {
            model.put(path, value);
            int notification = model.notification(path);
            active = notification == 2;
            boolean told = active || notification == 1 || notification == 4 || notification == 6;
            if (told) {
                changed = new LinkedHashSet<>(changed);
                changed.add(path);
                add(CpeEvent.of(CpeEvent.VALUE_CHANGE));
            }
        }
        if (active) {
            wakeUnlessRetrying();
        }
    }

    /** Switches the device off and on, as a power cut does. */
    public void powerCycle() {
        restart(new Restart(() -> {}, List.of()));
    }

    void happened(List<CpeEvent> newEvents) {
        synchronized (this) {
            newEvents.forEach(this::add);
        }
        wakeUnlessRetrying();
    }

    synchronized void forget(CpeEvent event) {
        events.remove(event);
    }

    /** "M ..." events may stand several times with different keys, the others once. */
    private void add(CpeEvent event) {
        if (!events.contains(event)) {
            events.add(event);
        }
    }

    boolean connectionRequested() {
        synchronized (this) {
            if (inSession && options.duringSession() == CpeOptions.DuringSession.REJECT) {
                return false;
            }
            add(CpeEvent.of(CpeEvent.CONNECTION_REQUEST));
        }
        wake();
        return true;
    }

    void scheduleInform(int delaySeconds, String commandKey) {
        after(
                Duration.ofSeconds(delaySeconds),
                () -> happened(List.of(CpeEvent.of(CpeEvent.SCHEDULED), new CpeEvent("M ScheduleInform", commandKey))));
    }

    void installFirmware(String version, List<CpeEvent> newEvents) {
        restart(new Restart(
                () -> {
                    firmwareVersion = version;
                    change(model.root() + "DeviceInfo.SoftwareVersion", version);
                },
                newEvents));
    }

    private synchronized void restart(Restart wanted) {
        if (inSession) {
            restart = wanted;
        } else {
            goDown(wanted);
        }
    }

    private void goDown(Restart why) {
        down = true;
        cancel(retry);
        cancel(periodic);
        after(options.bootTime(), () -> boot(why));
    }

    private void boot(Restart why) {
        synchronized (this) {
            events.removeIf(e -> !e.survivesBoot());
            changed = Set.of();
            retryCount = 0;
            bootedAt = System.nanoTime();
            add(CpeEvent.of(CpeEvent.BOOT));
            why.events().forEach(this::add);
            why.meanwhile().run();
            down = false;
        }
        start();
    }

    private void factoryReset() {
        model.reset();
        transfers.clear();
        events.clear();
        events.add(CpeEvent.of(CpeEvent.BOOTSTRAP));
        if (firmwareVersion != null) {
            model.put(model.root() + "DeviceInfo.SoftwareVersion", firmwareVersion);
        }
    }

    /** A session at the next opportunity; a retry that waits does not hold it back. */
    private synchronized void wake() {
        if (closed || host.isClosed()) {
            waiting.forEach(w -> w.complete(notRun("the CPE is closed")));
            waiting = List.of();
            return;
        }
        sessionWanted = true;
        if (!inSession && !down) {
            inSession = true;
            cancel(retry);
            retry = null;
            Thread.ofVirtual().name("cpe-session").start(this::session);
        }
    }

    /** The same, but what a failed session left behind waits for the retry (TR-069 3.2.1.1). */
    private void wakeUnlessRetrying() {
        synchronized (this) {
            if (retry != null) {
                return;
            }
        }
        wake();
    }

    private void session() {
        List<CpeEvent> toTell;
        List<CompletableFuture<SessionReport>> served;
        String inform;
        synchronized (this) {
            sessionWanted = false;
            toTell = List.copyOf(events);
            served = waiting;
            waiting = List.of();
            inform = InformBody.write(identity, model, toTell, changed, now(), retryCount);
        }
        SessionEffects effects = new SessionEffects();
        SessionReport report;
        URI acs = acsUrl();
        if (acs == null) {
            report = notRun("ManagementServer.URL is no URL: " + model.under("ManagementServer.URL"));
        } else {
            Credentials credentials = new Credentials(
                    factoryCredentials.scheme(),
                    model.under("ManagementServer.Username"),
                    model.under("ManagementServer.Password"));
            AcsLink link = new AcsLink(acs, options, credentials);
            CpeSession session = new CpeSession(this, link, new RpcAnswers(this, effects), toTell);
            report = session.run(inform, ownRequests(), () -> informConfirmed(toTell));
        }
        List<Watcher> told = takeWatchers(report);
        sessionEnded(report, effects);
        if (onSession != null) {
            onSession.accept(report);
        }
        served.forEach(w -> w.complete(report));
        told.forEach(w -> w.report().complete(report));
    }

    private @Nullable URI acsUrl() {
        try {
            URI uri = new URI(model.under("ManagementServer.URL"));
            return uri.getHost() == null ? null : uri;
        } catch (java.net.URISyntaxException e) {
            return null;
        }
    }

    private List<CpeSession.OwnRequest> ownRequests() {
        List<CpeSession.OwnRequest> requests = new ArrayList<>(transfers.completions());
        if (options.asksRpcMethods()) {
            requests.add(new CpeSession.OwnRequest("GetRPCMethods", "<cwmp:GetRPCMethods/>", () -> {}));
        }
        return requests;
    }

    private synchronized void informConfirmed(List<CpeEvent> told) {
        told.stream().filter(e -> !e.isOfTransfer()).forEach(events::remove);
        if (!events.contains(CpeEvent.of(CpeEvent.VALUE_CHANGE))) {
            changed = Set.of();
        }
    }

    private void sessionEnded(SessionReport report, SessionEffects effects) {
        boolean again;
        synchronized (this) {
            inSession = false;
            // A connection request that failed is not made up for (TR-069 3.7.1.5), one that came meanwhile is.
            if (!sessionWanted) {
                events.remove(CpeEvent.of(CpeEvent.CONNECTION_REQUEST));
            }
            retryCount = report.succeeded() ? 0 : retryCount + 1;
            applyRestart(effects);
            if (!down && effects.acsUrlChanged) {
                events.clear();
                events.add(CpeEvent.of(CpeEvent.BOOTSTRAP));
                sessionWanted = true;
            }
            again = sessionWanted && !down;
            if (!again && !down && !closed && !report.succeeded() && options.retryScale() > 0) {
                retry = after(retryWait(), this::wake);
            }
        }
        if (effects.periodicInformChanged) {
            schedulePeriodic();
        }
        transfers.sessionEnded();
        effects.diagnostics.forEach(new Diagnostics(this)::start);
        if (again) {
            wake();
        }
    }

    private void applyRestart(SessionEffects effects) {
        Restart wanted = restart;
        restart = null;
        if (effects.factoryReset) {
            goDown(new Restart(this::factoryResetAndBoot, List.of()));
        } else if (effects.rebootKey != null) {
            List<CpeEvent> bootEvents = List.of(new CpeEvent("M Reboot", effects.rebootKey));
            goDown(wanted == null ? new Restart(() -> {}, bootEvents) : wanted);
        } else if (wanted != null) {
            goDown(wanted);
        }
    }

    private void factoryResetAndBoot() {
        factoryReset();
        events.add(CpeEvent.of(CpeEvent.BOOT));
    }

    private Duration retryWait() {
        int minimum = Integer.parseInt(model.under("ManagementServer.CWMPRetryMinimumWaitInterval"));
        int multiplier = Integer.parseInt(model.under("ManagementServer.CWMPRetryIntervalMultiplier"));
        Duration wait = RetryTable.wait(retryCount, minimum, multiplier, random);
        return Duration.ofMillis(Math.round(wait.toMillis() * options.retryScale()));
    }

    private synchronized void schedulePeriodic() {
        cancel(periodic);
        periodic = null;
        if (closed || host.isClosed()) {
            return;
        }
        PeriodicInform.next(model, options.clock().instant())
                .ifPresent(wait -> periodic = after(wait, this::periodicDue));
    }

    private void periodicDue() {
        schedulePeriodic();
        happened(List.of(CpeEvent.of(CpeEvent.PERIODIC)));
    }

    /** Taken before anybody learns of the session's end: who asks for the next one then must not get this one. */
    private synchronized List<Watcher> takeWatchers(SessionReport report) {
        List<Watcher> told =
                watchers.stream().filter(w -> w.wanted().test(report)).toList();
        watchers = watchers.stream().filter(w -> !told.contains(w)).toList();
        return told;
    }

    private SessionReport notRun(String why) {
        return new SessionReport(identity, options.clock().instant(), Duration.ZERO, List.of(), List.of(), why);
    }

    private static void cancel(@Nullable Future<?> future) {
        if (future != null) {
            future.cancel(false);
        }
    }

    private static <T> List<T> plus(List<T> list, T element) {
        List<T> longer = new ArrayList<>(list);
        longer.add(element);
        return longer;
    }

    /** Takes the device off the air; a running session ends by itself. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            cancel(retry);
            cancel(periodic);
        }
        host.connectionRequests().unregister(connectionRequestPath);
        if (ownsHost) {
            host.close();
        }
    }
}

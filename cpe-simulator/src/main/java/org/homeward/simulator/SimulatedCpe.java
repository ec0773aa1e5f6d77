package org.homeward.simulator;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.homeward.simulator.behaviour.Misbehaviour;
import org.homeward.simulator.behaviour.WrongTypes;
import org.homeward.simulator.model.DeviceModel;
import org.homeward.simulator.model.Node;
import org.homeward.simulator.stun.StunClient;
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
    private final CpeIdentity identity;
    private final CpeOptions options;
    private final CpeHost host;
    private final boolean ownsHost;
    private final String connectionRequestPath;
    private final @Nullable BiConsumer<CpeIdentity, Effect> onEffect;
    private final Set<Misbehaviour> misbehaviours;
    private final DeviceModel model;
    private final PendingEvents events = new PendingEvents();
    private final Outbox outbox = new Outbox(events);
    private final Transfers transfers = new Transfers(this);
    private final CpeLife life;
    private final StunReach stun;
    private final XmppReach xmpp;
    private volatile @Nullable RpcHook hook;

    // All below is guarded by this.
    private final SplittableRandom random;
    private int nextId;
    private @Nullable Instant lastConnectionRequest;

    SimulatedCpe(CpeBuilder builder) {
        this.identity = builder.identity();
        this.options = builder.options();
        this.ownsHost = builder.host == null;
        this.host = builder.host == null ? new CpeHost() : builder.host;
        this.onEffect = builder.onEffect;
        this.misbehaviours = builder.misbehaviours;
        this.random = new SplittableRandom(builder.seed());
        this.connectionRequestPath = builder.connectionRequestPath();
        this.hook = builder.hook;
        this.model = new DeviceModel(builder.model, new OwnValues(this, builder.acs.toString(), builder.credentials));
        if (!builder.bootstrapped) {
            events.bootstrap();
            events.boot();
        }
        this.life = new CpeLife(this, builder.credentials.scheme(), builder.onSession);
        this.stun = new StunReach(this);
        this.xmpp = new XmppReach(this);
        host.connectionRequests().register(connectionRequestPath, this);
    }

    public static CpeBuilder builder(URI acs) {
        return new CpeBuilder(acs);
    }

    public static CpeBuilder builder(String acs) {
        return new CpeBuilder(URI.create(acs));
    }

    // --- what it is ------------------------------------------------------------------------------------------------

    public CpeIdentity identity() {
        return identity;
    }

    public CpeOptions options() {
        return options;
    }

    public DeviceModel model() {
        return model;
    }

    /** What this one does wrong; empty for a well-behaved CPE. */
    public Set<Misbehaviour> misbehaviours() {
        return misbehaviours;
    }

    boolean does(Misbehaviour misbehaviour) {
        return misbehaviours.contains(misbehaviour);
    }

    /** The value as the device knows it, secrets included; throws when there is no such parameter. */
    public String value(String path) {
        return model.value(path).orElseThrow(() -> new IllegalArgumentException("no parameter " + path));
    }

    /** Where connection requests for this device go. */
    public URI connectionRequestUrl() {
        return URI.create(host.connectionRequests().url(connectionRequestPath));
    }

    public boolean isInSession() {
        return life.isInSession();
    }

    /** Whether the device is rebooting, off or broken: it answers nothing. */
    public boolean isDown() {
        return !life.isOn();
    }

    /** Whether it will never come back. */
    public boolean isBricked() {
        return life.isBricked();
    }

    /** The events that the ACS has not confirmed yet. */
    public List<CpeEvent> pendingEvents() {
        return events.list();
    }

    Duration uptime() {
        return life.uptime();
    }

    /** How long it is silent between two STUN keep-alives, as far as it knows; empty while it speaks no STUN. */
    public Optional<Duration> stunKeepAlive() {
        return Optional.ofNullable(stun.client()).map(StunClient::keepAlive);
    }

    /** The port, before any NAT, that it takes UDP connection requests at; empty while it speaks no STUN. */
    public Optional<InetSocketAddress> udpConnectionRequestPort() {
        return Optional.ofNullable(stun.client()).map(StunClient::address);
    }

    StunReach stun() {
        return stun;
    }

    XmppReach xmpp() {
        return xmpp;
    }

    CpeHost host() {
        return host;
    }

    CpeLife life() {
        return life;
    }

    PendingEvents events() {
        return events;
    }

    Outbox outbox() {
        return outbox;
    }

    Transfers transfers() {
        return transfers;
    }

    Firmware firmware() {
        return new Firmware(this);
    }

    synchronized String nextId() {
        return Integer.toString(++nextId);
    }

    /** What it says the time is. */
    String now() {
        Instant now = does(Misbehaviour.WRONG_CLOCK)
                ? Instant.EPOCH.plus(uptime())
                : options.clock().instant();
        return now.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** The xsi:type that it gives a value. */
    String typeOf(String path, Node.Parameter parameter) {
        String type = parameter.type().name();
        return does(Misbehaviour.WRONG_TYPES) ? WrongTypes.instead(path, type) : "xsd:" + type;
    }

    /** A command key as it tells it. */
    String told(String commandKey) {
        return does(Misbehaviour.NO_COMMAND_KEY) ? "" : commandKey;
    }

    /** Runs a task once this much of the device's own time has passed. */
    Future<?> after(Duration delay, Runnable task) {
        return host.after(options.pace().waiting(delay), task);
    }

    /** Chance, for one purpose; it follows from the device's seed. */
    synchronized RandomGenerator chance() {
        return random.split();
    }

    void happened(Effect effect) {
        if (onEffect != null) {
            onEffect.accept(identity, effect);
        }
    }

    /** Has a say in every RPC from now on; replaces an earlier hook. */
    public void onRpc(RpcHook newHook) {
        hook = newHook;
    }

    RpcAction actionFor(RpcCall call) {
        RpcHook current = hook;
        return current == null ? RpcAction.answer() : current.onRpc(call);
    }

    // --- what makes it call ----------------------------------------------------------------------------------------

    /** Makes first contact, and periodic ones from then on. */
    public void start() {
        life.start();
    }

    /**
     * Opens a session with these events, and whatever else waits to be told; after the running one if there is one.
     *
     * @return how the session went; never completes exceptionally, a failed session is a report too
     */
    public CompletableFuture<SessionReport> informNow(String... eventCodes) {
        for (String code : eventCodes) {
            events.add(CpeEvent.of(code));
        }
        CompletableFuture<SessionReport> report = life.watchers().caller();
        life.wake();
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

    public CompletableFuture<SessionReport> nextSession(Predicate<SessionReport> wanted) {
        return life.watchers().watcher(wanted);
    }

    /**
     * Changes a value as the device or its user would: an active notification opens a session, a passive one waits for
     * the next (TR-069 A.3.2.4).
     */
    public void change(String path, String value) {
        if (changes(path, value)) {
            Duration throttle = throttle();
            if (throttle.isPositive()) {
                after(throttle, life::wakeUnlessRetrying);
            } else {
                life.wakeUnlessRetrying();
            }
        }
    }

    /** Changes a value; true when the ACS wants to know at once. */
    boolean changes(String path, String value) {
        model.put(path, value);
        return switch (model.notification(path)) {
            case 1, 4, 6 -> {
                events.addChange(path);
                yield false;
            }
            case 2 -> {
                events.addChange(path);
                yield true;
            }
            default -> false;
        };
    }

    /** What is left of DefaultActiveNotificationThrottle, which counts from the end of the last session. */
    private Duration throttle() {
        String seconds = model.under("ManagementServer.DefaultActiveNotificationThrottle");
        Instant lastSession = life.lastSession();
        if (seconds.isEmpty() || lastSession == null) {
            return Duration.ZERO;
        }
        Duration since = Duration.between(lastSession, options.clock().instant());
        return Duration.ofSeconds(Long.parseLong(seconds)).minus(since);
    }

    /** Its user presses the button that leads to the operator's pages (TR-069 A.4.2.1, deprecated). */
    public CompletableFuture<SessionReport> kick(String command, String referer, String argument, String next) {
        return say("Kicked", OwnMessages.kicked(command, referer, argument, next), CpeEvent.KICKED);
    }

    /** Asks the ACS for a file (TR-069 A.4.2.2). */
    public CompletableFuture<SessionReport> requestDownload(String fileType, Map<String, String> arguments) {
        String body = OwnMessages.requestDownload(fileType, arguments);
        return say("RequestDownload", body, CpeEvent.REQUEST_DOWNLOAD);
    }

    /** Tells of a download that the ACS has not asked for (TR-069 A.3.3.3); fault 0 for success. */
    public CompletableFuture<SessionReport> autonomousTransfer(String fileType, String url, long size, int fault) {
        String body = OwnMessages.autonomousTransferComplete(url, true, fileType, size, fault, now(), now());
        return say("AutonomousTransferComplete", body, CpeEvent.AUTONOMOUS_TRANSFER_COMPLETE);
    }

    private CompletableFuture<SessionReport> say(String method, String body, String event) {
        outbox.add(new Outbox.OwnRequest(method, body, List.of(CpeEvent.of(event)), () -> {}));
        return informNow();
    }

    /** Takes a connection request; false when there have been too many, or it is busy. */
    boolean connectionRequested() {
        if (life.isInSession() && options.duringSession() == CpeOptions.DuringSession.REJECT) {
            return false;
        }
        synchronized (this) {
            Instant now = options.clock().instant();
            if (lastConnectionRequest != null
                    && Duration.between(lastConnectionRequest, now).compareTo(options.connectionRequestGap()) < 0) {
                return false;
            }
            if (options.connectionRequestGap().isPositive()) {
                lastConnectionRequest = now;
            }
        }
        if (!does(Misbehaviour.SILENT)) {
            events.add(CpeEvent.of(CpeEvent.CONNECTION_REQUEST));
            life.wake();
        }
        return true;
    }

    void scheduleInform(int delaySeconds, String commandKey) {
        List<CpeEvent> due =
                List.of(CpeEvent.of(CpeEvent.SCHEDULED), new CpeEvent(CpeEvent.M_SCHEDULE_INFORM, told(commandKey)));
        after(Duration.ofSeconds(delaySeconds), () -> happened(due));
    }

    void happened(List<CpeEvent> newEvents) {
        newEvents.forEach(events::add);
        life.wakeUnlessRetrying();
    }

    // --- its power -------------------------------------------------------------------------------------------------

    /** Switches the device off and on, as a short power cut does; after the running session if there is one. */
    public void powerCycle() {
        life.restart(Power.Restart.plain());
    }

    /** Takes its power away, in the middle of whatever it does. It is dark until {@link #powerOn}. */
    public void powerOff() {
        life.powerOff();
    }

    /** Gives it back its power; the device boots. */
    public void powerOn() {
        life.powerOn();
    }

    static void cancel(@Nullable Future<?> future) {
        if (future != null) {
            future.cancel(false);
        }
    }

    /** Takes the device off the air; a running session ends by itself. */
    @Override
    public void close() {
        life.close();
        stun.end();
        xmpp.end();
        host.connectionRequests().unregister(connectionRequestPath);
        if (ownsHost) {
            host.close();
        }
    }
}

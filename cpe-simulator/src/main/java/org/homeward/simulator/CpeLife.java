package org.homeward.simulator;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.homeward.simulator.behaviour.Mishaps;
import org.homeward.simulator.model.DeviceModel;
import org.jspecify.annotations.Nullable;

/**
 * The life of one CPE: when it has a session, when it tries again, and what it does with its power. At most one session
 * runs at a time, and none while the device is down.
 */
final class CpeLife {
    private final SimulatedCpe cpe;
    private final DeviceModel model;
    private final PendingEvents events;
    private final Credentials.Scheme scheme;
    private final @Nullable Consumer<SessionReport> onSession;
    private final SessionWatchers watchers = new SessionWatchers();
    private final InformTimers timers;

    // All below is guarded by this.
    private final Power power;
    private boolean inSession;
    private boolean sessionWanted;
    private boolean closed;
    private int retryCount;
    private @Nullable Instant lastSession;
    private @Nullable Future<?> retry;
    private @Nullable AcsLink link;

    CpeLife(SimulatedCpe cpe, Credentials.Scheme scheme, @Nullable Consumer<SessionReport> onSession) {
        this.cpe = cpe;
        this.model = cpe.model();
        this.events = cpe.events();
        this.scheme = scheme;
        this.onSession = onSession;
        this.timers = new InformTimers(cpe);
        this.power = new Power(cpe, this::boot);
    }

    SessionWatchers watchers() {
        return watchers;
    }

    synchronized boolean isInSession() {
        return inSession;
    }

    synchronized boolean isOn() {
        return power.isOn();
    }

    synchronized boolean isBricked() {
        return power.isBricked();
    }

    synchronized boolean isClosed() {
        return closed || cpe.host().isClosed();
    }

    /** The end of the last session, null before the first. */
    synchronized @Nullable Instant lastSession() {
        return lastSession;
    }

    /** Without a lock, for the data model asks under its own. */
    Duration uptime() {
        return power.uptime();
    }

    void start() {
        timers.set();
        cpe.stun().set();
        cpe.xmpp().set();
        wake();
    }

    synchronized void close() {
        closed = true;
        goneDown();
    }

    synchronized void powerOff() {
        power.off();
        goneDark();
    }

    synchronized void powerOn() {
        power.on();
    }

    synchronized void restart(Power.Restart wanted) {
        if (inSession) {
            power.wantRestart(wanted);
        } else {
            goDown(wanted);
        }
    }

    synchronized void brick() {
        power.brick();
        goneDark();
    }

    private void goDown(Power.Restart why) {
        power.down(why);
        goneDown();
    }

    private void goneDark() {
        goneDown();
        if (link != null) {
            link.abort();
        }
    }

    private void goneDown() {
        SimulatedCpe.cancel(retry);
        retry = null;
        timers.cancel();
        cpe.stun().end();
        cpe.xmpp().end();
    }

    private void boot(Power.Restart why) {
        synchronized (this) {
            if (!power.booted()) {
                return;
            }
            events.boot();
            retryCount = 0;
            if (why.loops() > 0) {
                power.wantRestart(why.onceLess());
            } else {
                why.meanwhile().run();
                why.events().forEach(events::add);
                cpe.firmware().boot();
            }
        }
        start();
    }

    private void applyRestart(SessionEffects effects) {
        Power.Restart wanted = power.takeWanted();
        if (!power.isOn()) {
            return;
        }
        if (effects.factoryReset) {
            goDown(new Power.Restart(List.of(), this::factoryReset, 0));
        } else if (effects.rebootKey != null) {
            List<CpeEvent> rebooted = List.of(new CpeEvent(CpeEvent.M_REBOOT, cpe.told(effects.rebootKey)));
            goDown(
                    wanted == null
                            ? new Power.Restart(rebooted, () -> {}, 0)
                            : new Power.Restart(rebooted, wanted.meanwhile(), wanted.loops()));
        } else if (wanted != null) {
            goDown(wanted);
        }
    }

    private void factoryReset() {
        cpe.firmware().factoryReset();
        cpe.transfers().clear();
        cpe.outbox().clear();
        events.bootstrap();
        events.add(CpeEvent.of(CpeEvent.BOOT));
    }

    // --- its sessions ----------------------------------------------------------------------------------------------

    /** A session at the next opportunity; a retry that waits does not hold it back. */
    synchronized void wake() {
        if (isClosed()) {
            watchers.takeCallers().forEach(w -> w.complete(notRun("the CPE is closed")));
            return;
        }
        sessionWanted = true;
        if (!inSession && power.isOn()) {
            inSession = true;
            SimulatedCpe.cancel(retry);
            retry = null;
            Thread.ofVirtual().name("cpe-session").start(() -> cpe.host().inRoom(this::session));
        }
    }

    /** The same, but what a failed session left behind waits for the retry (TR-069 3.2.1.1). */
    void wakeUnlessRetrying() {
        synchronized (this) {
            if (retry != null) {
                return;
            }
        }
        wake();
    }

    private void session() {
        PendingEvents.Told told;
        List<CompletableFuture<SessionReport>> served;
        String inform;
        synchronized (this) {
            sessionWanted = false;
            served = watchers.takeCallers();
            told = events.tell();
            inform = InformBody.write(cpe, told, retryCount);
        }
        SessionEffects effects = new SessionEffects();
        URI acs = Urls.acs(model);
        SessionReport report = acs == null
                ? notRun("ManagementServer.URL is no URL: " + model.under("ManagementServer.URL"))
                : session(acs, inform, told, effects);
        if (!report.succeeded()) {
            events.notHeard();
        }
        List<CompletableFuture<SessionReport>> lookingOn = watchers.takeWatchers(report);
        sessionEnded(report, effects);
        if (onSession != null) {
            onSession.accept(report);
        }
        served.forEach(w -> w.complete(report));
        lookingOn.forEach(w -> w.complete(report));
    }

    private SessionReport session(URI acs, String inform, PendingEvents.Told told, SessionEffects effects) {
        Credentials credentials = new Credentials(
                scheme, model.under("ManagementServer.Username"), model.under("ManagementServer.Password"));
        RandomGenerator chance = cpe.chance();
        AcsLink open = new AcsLink(
                acs, cpe.options(), credentials, cpe.misbehaviours(), Mishaps.drawn(cpe.misbehaviours(), chance));
        synchronized (this) {
            link = open;
            if (!power.isOn()) {
                open.abort();
            }
        }
        CpeSession session = new CpeSession(cpe, open, new RpcAnswers(cpe, effects), told.events(), chance);
        return session.run(inform, cpe.outbox().toSend(cpe), () -> events.confirmed(told, cpe.outbox()::announces));
    }

    private void sessionEnded(SessionReport report, SessionEffects effects) {
        boolean again;
        synchronized (this) {
            inSession = false;
            link = null;
            lastSession = cpe.options().clock().instant();
            // A connection request that failed is not made up for (TR-069 3.7.1.5), one that came meanwhile is.
            if (!sessionWanted) {
                events.remove(CpeEvent.of(CpeEvent.CONNECTION_REQUEST));
            }
            retryCount = report.succeeded() ? 0 : retryCount + 1;
            applyRestart(effects);
            if (power.isOn() && effects.acsUrlChanged) {
                events.bootstrap();
                sessionWanted = true;
            }
            again = sessionWanted && power.isOn();
            if (!again
                    && power.isOn()
                    && !closed
                    && !report.succeeded()
                    && cpe.options().retryScale() > 0) {
                retry = cpe.after(retryWait(), this::wake);
            }
        }
        if (effects.periodicInformChanged) {
            timers.set();
        }
        if (effects.stunChanged) {
            cpe.stun().set();
        }
        if (effects.xmppChanged) {
            cpe.xmpp().set();
        }
        cpe.transfers().sessionEnded();
        effects.afterwards.forEach(Runnable::run);
        effects.diagnostics.forEach(new Diagnostics(cpe)::start);
        if (again) {
            wake();
        }
    }

    private Duration retryWait() {
        int minimum = Integer.parseInt(model.under("ManagementServer.CWMPRetryMinimumWaitInterval"));
        int multiplier = Integer.parseInt(model.under("ManagementServer.CWMPRetryIntervalMultiplier"));
        Duration wait = RetryTable.wait(retryCount, minimum, multiplier, cpe.chance());
        return Duration.ofMillis(Math.round(wait.toMillis() * cpe.options().retryScale()));
    }

    private SessionReport notRun(String why) {
        return new SessionReport(
                cpe.identity(), cpe.options().clock().instant(), Duration.ZERO, List.of(), List.of(), why);
    }
}

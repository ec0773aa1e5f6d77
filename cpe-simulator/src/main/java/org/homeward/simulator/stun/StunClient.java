package org.homeward.simulator.stun;

import java.io.Closeable;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import org.homeward.simulator.nat.UdpLoop;
import org.homeward.simulator.stun.StunMessages.Answer;
import org.homeward.simulator.stun.StunMessages.Request;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a CPE's binding open and takes its UDP connection requests (TR-069 Annex G). It finds out how long it may be
 * silent: from a second port it asks the server to answer to the first (RFC 3489 10.2); if that gets through, the binding
 * has outlived the silence and the next may be longer.
 */
public final class StunClient implements Closeable {

    private static final Duration FIRST_PATIENCE = Duration.ofMillis(200);
    private static final int TRIES = 6;

    /**
     * What the ACS set.
     *
     * @param maximum negative for none
     */
    public record Settings(
            InetSocketAddress server, String username, String password, Duration minimum, Duration maximum) {
        @Override
        public String toString() {
            return "Settings[server=" + server + ", username=" + username + "]";
        }
    }

    /** The CPE around it. */
    public interface Owner {

        /** Where it shows up; again only when that changed. */
        void bound(InetSocketAddress mapped, boolean behindNat);

        /** A datagram that is no STUN came to the port for connection requests. */
        void datagram(byte[] datagram);

        /** Real time: for what the network takes. */
        Future<?> soon(Duration delay, Runnable task);

        /** The device's own time: for what it waits between keep-alives. */
        Future<?> later(Duration delay, Runnable task);

        RandomGenerator chance();
    }

    private final Settings settings;
    private final Owner owner;
    private final RandomGenerator chance;
    private final UdpLoop.Port port;
    private final UdpLoop.Port second;

    // All below is guarded by this.
    private @Nullable Future<?> timer;
    private @Nullable InetSocketAddress mapped;
    private String waitingFor = "";
    private boolean probing;
    private boolean mustSign;
    private boolean closed;
    private Duration known;
    private Duration trying;
    private boolean searching;

    public StunClient(Settings settings, UdpLoop loop, InetAddress here, Owner owner) {
        this.settings = settings;
        this.owner = owner;
        this.chance = owner.chance();
        this.known = settings.minimum();
        this.trying = settings.minimum();
        this.searching = settings.maximum().compareTo(settings.minimum()) > 0;
        this.port = loop.open(new InetSocketAddress(here, 0), this::received);
        this.second = searching ? loop.open(new InetSocketAddress(here, 0), (from, datagram) -> {}) : port;
    }

    /** The port that connection requests come to, inside. */
    public InetSocketAddress address() {
        return port.address();
    }

    /** How long it is silent between keep-alives, as far as it knows by now. */
    public synchronized Duration keepAlive() {
        return known;
    }

    public void start() {
        ask(false);
    }

    private synchronized void ask(boolean change) {
        probing = false;
        transact(change, 0);
    }

    /** Asks from the first port, or from the second whether the first is still open; again until there is an answer. */
    private synchronized void transact(boolean change, int tried) {
        if (closed) {
            return;
        }
        byte[] transaction = new byte[16];
        chance.nextBytes(transaction);
        Request request = new Request(transaction);
        if (probing && mapped != null) {
            request.responseAddress(mapped);
        } else {
            request.connectionRequestBinding();
            if (change) {
                request.bindingChange();
            }
            if (!settings.username().isEmpty()) {
                request.username(settings.username());
            }
        }
        waitingFor = HexFormat.of().formatHex(transaction);
        boolean sign = mustSign && !probing && !settings.username().isEmpty();
        (probing ? second : port).send(sign ? request.signed(settings.password()) : request.bytes(), settings.server());
        timer = owner.soon(FIRST_PATIENCE.multipliedBy(1L << Math.min(tried, 3)), () -> unanswered(change, tried));
    }

    private synchronized void unanswered(boolean change, int tried) {
        if (closed || waitingFor.isEmpty()) {
            return;
        }
        if (probing && tried >= 1) {
            // The binding is closed: it has to be opened anew, and so long a silence is too long.
            searching = false;
            ask(false);
        } else if (tried + 1 < TRIES) {
            transact(change, tried + 1);
        } else {
            waitingFor = "";
            timer = owner.later(known, () -> ask(change));
        }
    }

    private void received(InetSocketAddress from, byte[] datagram) {
        StunMessages.answer(datagram).ifPresentOrElse(this::answered, () -> owner.datagram(datagram));
    }

    private synchronized void answered(Answer answer) {
        if (closed || !answer.transaction().equals(waitingFor)) {
            return;
        }
        waitingFor = "";
        cancel(timer);
        if (answer.error() == 401 && !mustSign) {
            mustSign = true;
            ask(false);
            return;
        }
        if (answer.error() == 0 && probing) {
            outlived();
            return;
        }
        if (answer.error() == 0 && answer.mapped().isPresent()) {
            boundTo(answer.mapped().get());
            return;
        }
        timer = owner.later(known, () -> ask(false));
    }

    private void outlived() {
        known = trying;
        Duration longer = trying.multipliedBy(2);
        if (longer.compareTo(settings.maximum()) >= 0) {
            searching = trying.compareTo(settings.maximum()) < 0;
            longer = settings.maximum();
        }
        trying = longer;
        ask(false);
    }

    private void boundTo(InetSocketAddress now) {
        InetSocketAddress before = mapped;
        mapped = now;
        if (!now.equals(before)) {
            boolean behindNat = !now.equals(port.address());
            // Not under our lock: the owner may be about to close us under its own.
            owner.soon(Duration.ZERO, () -> owner.bound(now, behindNat));
            if (before != null) {
                ask(true);
                return;
            }
        }
        timer = owner.later(searching ? trying : known, this::silenceOver);
    }

    private synchronized void silenceOver() {
        probing = searching;
        transact(false, 0);
    }

    private static void cancel(@Nullable Future<?> future) {
        if (future != null) {
            future.cancel(false);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        cancel(timer);
        port.close();
        second.close();
    }
}

package org.homeward.simulator.xmpp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.Future;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Signs in, and again when the stream breaks, with the waiting times of XMPP.Connection (TR-181). While it is signed in a
 * virtual thread reads; nothing else waits.
 */
public final class XmppClient implements AutoCloseable {

    private static final String CLIENT = "jabber:client";
    private static final String REQUEST = "urn:broadband-forum-org:cwmp:xmppConnReq-1-0";
    private static final Duration CONNECT = Duration.ofSeconds(20);

    /**
     * What the ACS set.
     *
     * @param tls null to sign in without, which decent servers refuse
     * @param keepAlive zero for none
     * @param firstRetry wait after the first failure; {@code multiplier} thousandths longer each time up to the longest
     */
    public record Settings(
            String domain,
            String host,
            int port,
            String username,
            String password,
            String resource,
            @Nullable SSLContext tls,
            Duration keepAlive,
            Duration firstRetry,
            int multiplier,
            Duration longestRetry) {
        @Override
        public String toString() {
            return "Settings[" + username + '@' + domain + '/' + resource + " at " + host + ':' + port + ']';
        }
    }

    /** How a connection request is answered. */
    public enum Answer {
        TAKEN,
        NOT_AUTHORIZED,
        SERVICE_UNAVAILABLE,
        NONE
    }

    /** The CPE around it. */
    public interface Owner {

        void signedIn(String jabberId);

        void signedOut(String why);

        /** A connection request came. @param from full JID of who asks */
        Answer requested(String from, String username, String password);

        /** Whether somebody may ask, and be told that the device is there. */
        boolean allows(String from);

        /** Runs a task once this much of the device's own time has passed. */
        Future<?> later(Duration delay, Runnable task);
    }

    private final Settings settings;
    private final Owner owner;

    // All below is guarded by this.
    private @Nullable XmppWire wire;
    private @Nullable Future<?> timer;
    private int failures;
    private boolean closed;

    public XmppClient(Settings settings, Owner owner) {
        this.settings = settings;
        this.owner = owner;
    }

    public void start() {
        Thread.ofVirtual().name("cpe-xmpp").start(this::run);
    }

    private void run() {
        String why;
        try (XmppWire open = connect()) {
            String jabberId = signIn(open);
            synchronized (this) {
                failures = 0;
            }
            owner.signedIn(jabberId);
            keepAlive();
            read(open);
            why = "the server closed the stream";
        } catch (IOException e) {
            why = e.toString();
        }
        ended(why);
    }

    private XmppWire connect() throws IOException {
        XmppWire open = XmppWire.connect(settings.host(), settings.port(), CONNECT);
        synchronized (this) {
            if (closed) {
                open.close();
            }
            wire = open;
        }
        return open;
    }

    private void ended(String why) {
        owner.signedOut(why);
        synchronized (this) {
            cancelTimer();
            if (!closed) {
                timer = owner.later(retry(), this::start);
            }
        }
    }

    /** TR-181 XMPP.Connection.{i}.ServerRetryInitialInterval and those after it. */
    private synchronized Duration retry() {
        double factor = Math.pow(settings.multiplier() / 1000.0, Math.min(failures++, 30));
        double millis = Math.min(
                settings.firstRetry().toMillis() * factor,
                settings.longestRetry().toMillis());
        return Duration.ofMillis((long) millis);
    }

    private void keepAlive() {
        synchronized (this) {
            cancelTimer();
            if (!closed && !settings.keepAlive().isZero()) {
                timer = owner.later(settings.keepAlive(), this::beat);
            }
        }
    }

    private void beat() {
        XmppWire open;
        synchronized (this) {
            open = wire;
        }
        try {
            if (open != null) {
                open.send(" ");
                keepAlive();
            }
        } catch (IOException e) {
            // the reading thread notices as well, and signs in again
            open.close();
        }
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel(false);
        }
        timer = null;
    }

    // --- signing in ------------------------------------------------------------------------------------------------

    private String signIn(XmppWire open) throws IOException {
        open.open(settings.domain(), CLIENT);
        expect(open, "features");
        SSLContext tls = settings.tls();
        if (tls != null) {
            open.send("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
            expect(open, "proceed");
            open.secure(tls, settings.domain());
            open.open(settings.domain(), CLIENT);
            expect(open, "features");
        }
        String plain = '\0' + settings.username() + '\0' + settings.password();
        open.send("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>"
                + Base64.getEncoder().encodeToString(plain.getBytes(UTF_8)) + "</auth>");
        expect(open, "success");
        open.open(settings.domain(), CLIENT);
        expect(open, "features");
        open.send("<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'>"
                + (settings.resource().isEmpty()
                        ? ""
                        : "<resource>" + XmppWire.escaped(settings.resource()) + "</resource>")
                + "</bind></iq>");
        String jabberId = expect(open, "iq")
                .child("bind")
                .orElseThrow(() -> new IOException("no resource"))
                .childText("jid");
        open.send("<presence/>");
        return jabberId;
    }

    private static Stanza expect(XmppWire open, String name) throws IOException {
        Stanza got = open.next().orElseThrow(() -> new IOException("the stream ended before " + name));
        if (!got.name().equals(name)) {
            throw new IOException(name + " expected, got " + got.name()
                    + got.children().stream().map(Stanza::name).toList());
        }
        return got;
    }

    // --- what comes ------------------------------------------------------------------------------------------------

    private void read(XmppWire open) throws IOException {
        while (true) {
            var next = open.next();
            if (next.isEmpty()) {
                return;
            }
            Stanza stanza = next.get();
            String type = stanza.attribute("type");
            switch (stanza.name()) {
                case "iq" -> {
                    if (type.equals("get") || type.equals("set")) {
                        answer(open, stanza);
                    }
                }
                case "presence" -> {
                    String from = stanza.attribute("from");
                    if (type.equals("subscribe") && owner.allows(from)) {
                        open.send("<presence type='subscribed' to='" + XmppWire.escaped(from) + "'/>");
                    }
                }
                case "error" ->
                    throw new IOException("stream error "
                            + stanza.children().stream().map(Stanza::name).toList());
                default -> {
                    // messages are not for devices
                }
            }
        }
    }

    private void answer(XmppWire open, Stanza iq) throws IOException {
        Stanza asked = iq.children().isEmpty() ? iq : iq.children().getFirst();
        if (asked.name().equals("ping")) {
            answer(open, iq, Answer.TAKEN);
        } else if (asked.name().equals("connectionRequest") && asked.namespace().equals(REQUEST)) {
            answer(
                    open,
                    iq,
                    owner.requested(iq.attribute("from"), asked.childText("username"), asked.childText("password")));
        } else {
            answer(open, iq, Answer.SERVICE_UNAVAILABLE);
        }
    }

    private static void answer(XmppWire open, Stanza iq, Answer answer) throws IOException {
        String head = "' id='" + XmppWire.escaped(iq.attribute("id")) + "' to='"
                + XmppWire.escaped(iq.attribute("from")) + '\'';
        switch (answer) {
            case TAKEN -> open.send("<iq type='result" + head + "/>");
            case NOT_AUTHORIZED ->
                open.send("<iq type='error" + head + '>' + error("auth", "not-authorized") + "</iq>");
            case SERVICE_UNAVAILABLE ->
                open.send("<iq type='error" + head + '>' + error("cancel", "service-unavailable") + "</iq>");
            case NONE -> {
                // some devices say nothing
            }
        }
    }

    private static String error(String type, String condition) {
        return "<error type='" + type + "'><" + condition + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>";
    }

    @Override
    public void close() {
        XmppWire open;
        synchronized (this) {
            closed = true;
            cancelTimer();
            open = wire;
        }
        if (open != null) {
            open.close();
        }
    }
}

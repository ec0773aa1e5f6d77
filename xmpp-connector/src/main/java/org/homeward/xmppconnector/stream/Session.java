package org.homeward.xmppconnector.stream;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jivesoftware.smack.ConnectionConfiguration.SecurityMode;
import org.jivesoftware.smack.ConnectionListener;
import org.jivesoftware.smack.SmackException;
import org.jivesoftware.smack.SmackException.NotConnectedException;
import org.jivesoftware.smack.XMPPException;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.Presence;
import org.jivesoftware.smack.packet.Stanza;
import org.jivesoftware.smack.sasl.SASLErrorException;
import org.jivesoftware.smack.tcp.XMPPTCPConnection;
import org.jivesoftware.smack.tcp.XMPPTCPConnectionConfiguration;
import org.jspecify.annotations.Nullable;
import org.jxmpp.jid.BareJid;

/** One stream from signing in to its end. TLS is required, and verified against the server's domain. */
final class Session implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Session.class);

    /** Hears what comes, one stanza after the other. */
    interface Hearer {
        void answer(IQ answer);

        void presence(Presence presence);
    }

    private final XMPPTCPConnection connection;
    private final CompletableFuture<String> ended = new CompletableFuture<>();

    private Session(XMPPTCPConnection connection, ServerPlace place) {
        this.connection = connection;
        connection.setReplyTimeout(place.times().connect().toMillis());
        // What was under way when a stream broke is answered for at once: sending it again is up to those who asked.
        connection.setUseStreamManagement(false);
        // By default a stanza that cannot be read, which any device may send, ends the stream for all.
        connection.setParsingExceptionCallback(
                stanza -> LOG.debugf(stanza.getParsingException(), "a stanza that cannot be read was passed over"));
        connection.addConnectionListener(new ConnectionListener() {
            @Override
            public void connectionClosed() {
                ended.complete("the server closed it");
            }

            @Override
            public void connectionClosedOnError(Exception e) {
                ended.complete(Trouble.of(e, place));
            }
        });
    }

    /** Connects and signs in. */
    static Session open(ServerPlace place, Hearer hearer)
            throws SmackException, XMPPException, IOException, InterruptedException {
        Session session = new Session(
                new XMPPTCPConnection(settings(place)
                        .setUsernameAndPassword(place.username(), place.password())
                        .setResource(place.resource())
                        .setSendPresence(place.presence())
                        .build()),
                place);
        session.connection.addSyncStanzaListener(
                stanza -> hearer.presence((Presence) stanza), stanza -> stanza instanceof Presence);
        try {
            session.connection.connect().login();
            // answers to what signing in asked are not for others
            session.connection.addSyncStanzaListener(
                    stanza -> hearer.answer((IQ) stanza), stanza -> stanza instanceof IQ iq && iq.isResponseIQ());
            return session;
        } catch (SmackException | XMPPException | IOException | InterruptedException | RuntimeException e) {
            session.kill();
            throw e;
        }
    }

    /** Whether the server lets somebody in with that; signs out at once. */
    static boolean admits(ServerPlace place, String username, String password)
            throws SmackException, XMPPException, IOException, InterruptedException {
        Session session = new Session(
                new XMPPTCPConnection(settings(place).setSendPresence(false).build()), place);
        try (session) {
            session.connection.connect();
            session.connection.login(username, password, null);
            return true;
        } catch (SASLErrorException e) {
            return false;
        }
    }

    private static XMPPTCPConnectionConfiguration.Builder settings(ServerPlace place) throws UnknownHostException {
        XMPPTCPConnectionConfiguration.Builder settings = XMPPTCPConnectionConfiguration.builder()
                .setXmppDomain(place.domain())
                .setSecurityMode(SecurityMode.required)
                .setCompressionEnabled(false)
                .setConnectTimeout((int) place.times().connect().toMillis());
        String host = place.host();
        if (host != null) {
            // as the rest of the machine knows it; Smack asks DNS alone
            settings.setHostAddress(InetAddress.getByName(host)).setPort(place.port());
        }
        if (place.trust() != null) {
            settings.setCustomX509TrustManager(place.trust());
        }
        return settings;
    }

    /** Blocks while more is to be sent than the line takes. */
    void send(Stanza stanza) throws NotConnectedException, InterruptedException {
        connection.sendStanza(stanza);
    }

    /** Asks to be told of the presence of an account. */
    void subscribe(BareJid account) throws NotConnectedException, InterruptedException {
        send(connection
                .getStanzaFactory()
                .buildPresenceStanza()
                .ofType(Presence.Type.subscribe)
                .to(account)
                .build());
    }

    /** Waits for the end, that long at most. @return why it ended; null while it lasts */
    @Nullable
    String awaitEnd(Duration within) throws InterruptedException {
        try {
            return ended.get(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return null;
        } catch (ExecutionException e) {
            throw new IllegalStateException("an end never fails", e);
        }
    }

    /** Ends it without a word to the server. */
    void kill() {
        connection.instantShutdown();
    }

    /** Signs out. */
    @Override
    public void close() {
        connection.disconnect();
    }
}

package org.homeward.simulator;

import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Future;
import javax.net.ssl.SSLContext;
import org.homeward.simulator.behaviour.Misbehaviour;
import org.homeward.simulator.model.DeviceModel;
import org.homeward.simulator.xmpp.XmppClient;
import org.jspecify.annotations.Nullable;

/**
 * What {@code ManagementServer.ConnReqXMPPConnection} and the {@code XMPP.Connection} that it names make a CPE do: it
 * keeps a stream to its XMPP server as long as the device is on, tells its JID, and takes connection requests there
 * (TR-069 Annex K).
 */
final class XmppReach implements XmppClient.Owner {

    private final SimulatedCpe cpe;
    private final DeviceModel model;
    private XmppClient.@Nullable Settings settings;
    private @Nullable XmppClient client;

    XmppReach(SimulatedCpe cpe) {
        this.cpe = cpe;
        this.model = cpe.model();
    }

    /** Looks at what is set, and begins, goes on, begins anew or ends. */
    void set() {
        // The CPE's own lock is never taken under ours: the CPE ends us under its own.
        turn(isOff() ? null : wanted());
        if (isOff()) {
            end();
        }
    }

    private boolean isOff() {
        return cpe.isDown() || cpe.life().isClosed();
    }

    private synchronized void turn(XmppClient.@Nullable Settings wanted) {
        if (client != null && wanted != null && wanted.equals(settings)) {
            return;
        }
        end();
        if (wanted != null) {
            settings = wanted;
            client = new XmppClient(wanted, this);
            client.start();
        }
    }

    synchronized void end() {
        if (client != null) {
            client.close();
        }
        client = null;
        settings = null;
    }

    /** Below the root, such as {@code XMPP.Connection.1.}; empty while XMPP is not for connection requests. */
    private String connection() {
        String path = model.under("ManagementServer.ConnReqXMPPConnection");
        return path.startsWith(model.root() + "XMPP.Connection.")
                ? path.substring(model.root().length()) + (path.endsWith(".") ? "" : ".")
                : "";
    }

    private XmppClient.@Nullable Settings wanted() {
        String connection = connection();
        if (connection.isEmpty() || !isTrue(connection + "Enable")) {
            return null;
        }
        String domain = model.under(connection + "Domain");
        String username = model.under(connection + "Username");
        if (domain.isEmpty() || username.isEmpty()) {
            return null;
        }
        String server = server(connection);
        String host = server.isEmpty() ? "" : model.under(server + "ServerAddress");
        return new XmppClient.Settings(
                domain,
                host.isEmpty() ? domain : host,
                server.isEmpty() ? 5222 : number(server + "Port", 5222),
                username,
                model.under(connection + "Password"),
                model.under(connection + "Resource"),
                isTrue(connection + "UseTLS") ? tls() : null,
                keepAlive(number(connection + "KeepAliveInterval", -1)),
                Duration.ofSeconds(number(connection + "ServerRetryInitialInterval", 60)),
                number(connection + "ServerRetryIntervalMultiplier", 2000),
                Duration.ofSeconds(number(connection + "ServerRetryMaxInterval", 30_720)));
    }

    /** The first of its servers that may be used, where it has a table of them. */
    private String server(String connection) {
        String table = connection + "Server.";
        return model.instances(model.root() + table).stream()
                .map(number -> table + number + '.')
                .filter(server -> isTrue(server + "Enable"))
                .findFirst()
                .orElse("");
    }

    private SSLContext tls() {
        SSLContext own = cpe.options().tls();
        try {
            return own == null ? SSLContext.getDefault() : own;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no TLS", e);
        }
    }

    private static Duration keepAlive(int seconds) {
        return Duration.ofSeconds(seconds < 0 ? 60 : seconds);
    }

    private boolean isTrue(String relative) {
        String text = model.under(relative);
        return text.equals("1") || text.equals("true");
    }

    private int number(String relative, int otherwise) {
        String text = model.under(relative);
        return text.matches("-?\\d{1,9}") ? Integer.parseInt(text) : otherwise;
    }

    @Override
    public void signedIn(String jabberId) {
        state("Up", jabberId);
        if (!model.under("ManagementServer.ConnReqJabberID").equals(jabberId)) {
            cpe.change(model.root() + "ManagementServer.ConnReqJabberID", jabberId);
        }
    }

    @Override
    public void signedOut(String why) {
        // ConnReqJabberID stays what it was while the device tries again (TR-181).
        state("Error", null);
    }

    private void state(String status, @Nullable String jabberId) {
        String connection = connection();
        if (!connection.isEmpty() && model.node(model.root() + connection + "Status") != null) {
            model.put(model.root() + connection + "Status", status);
            if (jabberId != null) {
                model.put(model.root() + connection + "JabberID", jabberId);
            }
        }
    }

    @Override
    public XmppClient.Answer requested(String from, String username, String password) {
        if (cpe.isDown()) {
            return XmppClient.Answer.NONE;
        }
        boolean mixesUp = cpe.does(Misbehaviour.WANTS_XMPP_PASSWORD);
        boolean right = username.equals(model.under("ManagementServer.ConnectionRequestUsername"))
                && password.equals(
                        mixesUp
                                ? model.under(connection() + "Password")
                                : model.under("ManagementServer.ConnectionRequestPassword"));
        if (!right && mixesUp) {
            return XmppClient.Answer.NONE;
        }
        if (!right || !allows(from)) {
            return XmppClient.Answer.NOT_AUTHORIZED;
        }
        return cpe.connectionRequested() ? XmppClient.Answer.TAKEN : XmppClient.Answer.SERVICE_UNAVAILABLE;
    }

    /** ConnReqAllowedJabberIDs: full JIDs, or bare ones for whatever resource; none for everybody (TR-181). */
    @Override
    public boolean allows(String from) {
        String allowed = model.under("ManagementServer.ConnReqAllowedJabberIDs");
        int slash = from.indexOf('/');
        String bare = slash < 0 ? from : from.substring(0, slash);
        return allowed.isBlank()
                || Arrays.stream(allowed.split(","))
                        .map(String::strip)
                        .anyMatch(each -> each.equals(from) || each.equals(bare));
    }

    @Override
    public Future<?> later(Duration delay, Runnable task) {
        return cpe.after(delay, task);
    }
}

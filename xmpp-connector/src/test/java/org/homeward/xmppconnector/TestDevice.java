package org.homeward.xmppconnector;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.homeward.simulator.xmpp.XmppClient;
import org.homeward.xmppconnector.server.Prosody;

/** An XMPP client as devices have it, that takes connection requests of {@code acs} with one password. */
final class TestDevice implements XmppClient.Owner, AutoCloseable {

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final XmppClient client;
    private final String password;
    private final String allowed;
    final AtomicInteger requests = new AtomicInteger();
    private volatile String jabberId = "";

    /** @param allowed JID that may ask; empty for all */
    TestDevice(Prosody server, String localpart, String accountPassword, String password, String allowed)
            throws Exception {
        this.password = password;
        this.allowed = allowed;
        this.client = new XmppClient(
                new XmppClient.Settings(
                        Prosody.DOMAIN,
                        "127.0.0.1",
                        server.port(),
                        localpart,
                        accountPassword,
                        "cwmp",
                        server.certificates().believing(),
                        Duration.ofSeconds(60),
                        Duration.ofMillis(100),
                        1_500,
                        Duration.ofSeconds(2)),
                this);
        client.start();
    }

    boolean isSignedIn() {
        return !jabberId.isEmpty();
    }

    /** Waits until it is signed in. */
    String jabberId() {
        await().atMost(Desk.PATIENCE).until(this::isSignedIn);
        return jabberId;
    }

    @Override
    public void signedIn(String as) {
        jabberId = as;
    }

    @Override
    public void signedOut(String why) {
        jabberId = "";
    }

    @Override
    public XmppClient.Answer requested(String from, String username, String given) {
        requests.incrementAndGet();
        return allows(from) && username.equals("acs") && given.equals(password)
                ? XmppClient.Answer.TAKEN
                : XmppClient.Answer.NOT_AUTHORIZED;
    }

    @Override
    public boolean allows(String from) {
        return allowed.isEmpty() || from.equals(allowed) || from.startsWith(allowed + '/');
    }

    @Override
    public Future<?> later(Duration delay, Runnable task) {
        return timer.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        client.close();
        timer.shutdown();
    }
}

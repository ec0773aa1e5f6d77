package org.homeward.simulator;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import org.homeward.simulator.model.DeviceModel;
import org.homeward.simulator.stun.StunClient;
import org.homeward.simulator.stun.UdpRequestCheck;
import org.jspecify.annotations.Nullable;

/**
 * What {@code ManagementServer.STUN*} makes a CPE do: it keeps a binding open as long as STUN is enabled and the device
 * is on, says where it shows up, and takes UDP connection requests there (TR-069 Annex G).
 */
final class StunReach implements StunClient.Owner {

    private final SimulatedCpe cpe;
    private final DeviceModel model;
    private final UdpRequestCheck check = new UdpRequestCheck();
    private StunClient.@Nullable Settings settings;
    private @Nullable StunClient client;

    StunReach(SimulatedCpe cpe) {
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

    private synchronized void turn(StunClient.@Nullable Settings wanted) {
        if (client != null && wanted != null && wanted.equals(settings)) {
            return;
        }
        end();
        if (wanted != null) {
            settings = wanted;
            client = new StunClient(
                    wanted, cpe.host().udp(), here(wanted.server().getAddress()), this);
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

    /** What it does just now; null while it speaks no STUN. */
    synchronized @Nullable StunClient client() {
        return client;
    }

    private StunClient.@Nullable Settings wanted() {
        String enabled = model.under("ManagementServer.STUNEnable");
        if (!enabled.equals("1") && !enabled.equals("true")) {
            return null;
        }
        String host = model.under("ManagementServer.STUNServerAddress");
        if (host.isEmpty()) {
            URI acs = Urls.acs(model);
            host = acs == null ? "" : acs.getHost();
        }
        try {
            return new StunClient.Settings(
                    new InetSocketAddress(InetAddress.getByName(host), number("ManagementServer.STUNServerPort", 3478)),
                    model.under("ManagementServer.STUNUsername"),
                    model.under("ManagementServer.STUNPassword"),
                    Duration.ofSeconds(Math.max(1, number("ManagementServer.STUNMinimumKeepAlivePeriod", 30))),
                    maximum());
        } catch (UnknownHostException e) {
            return null;
        }
    }

    private Duration maximum() {
        int seconds = number("ManagementServer.STUNMaximumKeepAlivePeriod", -1);
        return seconds < 0 ? Duration.ofHours(1) : Duration.ofSeconds(seconds);
    }

    private int number(String relative, int otherwise) {
        String text = model.under(relative);
        return text.matches("-?\\d{1,9}") ? Integer.parseInt(text) : otherwise;
    }

    private static InetAddress here(InetAddress server) {
        return server.isLoopbackAddress()
                ? server
                : InetAddress.ofLiteral(server instanceof Inet6Address ? "::" : "0.0.0.0");
    }

    @Override
    public void bound(InetSocketAddress mapped, boolean behindNat) {
        String host = mapped.getAddress().getHostAddress();
        String address =
                (mapped.getAddress() instanceof Inet6Address ? '[' + host + ']' : host) + ':' + mapped.getPort();
        say("ManagementServer.NATDetected", behindNat ? "true" : "false");
        say("ManagementServer.UDPConnectionRequestAddress", address);
    }

    private void say(String relative, String value) {
        if (!model.under(relative).equals(value)) {
            cpe.change(model.root() + relative, value);
        }
    }

    @Override
    public void datagram(byte[] datagram) {
        if (!cpe.isDown()
                && check.accepts(
                        datagram,
                        model.under("ManagementServer.ConnectionRequestUsername"),
                        model.under("ManagementServer.ConnectionRequestPassword"))) {
            cpe.connectionRequested();
        }
    }

    @Override
    public Future<?> soon(Duration delay, Runnable task) {
        return cpe.host().after(delay, task);
    }

    @Override
    public Future<?> later(Duration delay, Runnable task) {
        return cpe.after(delay, task);
    }

    @Override
    public RandomGenerator chance() {
        return cpe.chance();
    }
}

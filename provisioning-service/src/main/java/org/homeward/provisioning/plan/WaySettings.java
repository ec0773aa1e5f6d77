package org.homeward.provisioning.plan;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What devices are told of the ways by which they can be reached behind NAT. Null for a way that they are told nothing
 * of.
 */
public record WaySettings(@Nullable Stun stun, @Nullable Xmpp xmpp) {

    public static final WaySettings NONE = new WaySettings(null, null);

    /**
     * The STUN server of TR-069 Annex G.
     *
     * @param address empty for the host of the URL that the CPE calls (TR-181 STUNServerAddress)
     * @param shortest silence that the CPE may keep between two requests at least, as {@code longest} at most; seconds
     *     to the CPE
     */
    public record Stun(String address, int port, Duration shortest, Duration longest) {

        /** By which it is recognised whether a device was told the same. */
        String text() {
            return address + ':' + port + ' ' + shortest.toSeconds() + ' ' + longest.toSeconds();
        }
    }

    /**
     * The XMPP server of TR-069 Annex K.
     *
     * @param connector the bare JID of who sends connection requests
     * @param server address of the server; empty for what DNS names for the domain
     */
    public record Xmpp(String domain, String resource, String connector, String server, int port) {

        String text() {
            return domain + '/' + resource + ' ' + connector + ' ' + server + ':' + port;
        }
    }
}

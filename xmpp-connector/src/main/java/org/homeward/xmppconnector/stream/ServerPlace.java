package org.homeward.xmppconnector.stream;

import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.jxmpp.jid.DomainBareJid;
import org.jxmpp.jid.parts.Resourcepart;

/**
 * Which server, and as whom.
 *
 * @param domain that the server serves and its certificate has to name
 * @param host where it is; null to look it up by DNS (SRV {@code _xmpp-client._tcp}, else the domain itself)
 * @param username localpart of our account
 * @param resource that tells this connector from others with the same account
 * @param trust whose certificates are believed; null for those that the JVM believes
 * @param presence whether to be told of the presence of others
 */
public record ServerPlace(
        DomainBareJid domain,
        @Nullable String host,
        int port,
        String username,
        String password,
        Resourcepart resource,
        @Nullable X509TrustManager trust,
        boolean presence,
        Times times) {

    /**
     * How patient we are.
     *
     * @param connect for TCP, and for each step of signing in
     * @param ping how long the stream may be silent before the server is asked whether it is there
     * @param shortestRetry before the first try to connect again; doubles up to {@code longestRetry}
     */
    public record Times(Duration connect, Duration ping, Duration shortestRetry, Duration longestRetry) {}

    /** For people. */
    String address() {
        return Optional.ofNullable(host).map(at -> at + ':' + port).orElse(domain.toString());
    }

    @Override
    public String toString() {
        return username + '@' + domain + '/' + resource + " at " + address();
    }
}

package org.homeward.httpconnector.delivery;

import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.homeward.httpconnector.digest.Credential;

/**
 * How a CPE is asked.
 *
 * @param connectTimeout for the TCP connection
 * @param busyPause how long to wait before a CPE that is busy is asked once more
 * @param authentication which challenges are answered
 * @param tls for https URLs
 * @param verifiesHostNames whether the certificate has to name the URL's host
 * @param sources addresses of ours to call from, so that firewalls can know them; for a family that has none the system
 *     chooses
 */
public record ExchangeSettings(
        Duration connectTimeout,
        Duration busyPause,
        Credential.Policy authentication,
        SSLSocketFactory tls,
        boolean verifiesHostNames,
        List<InetAddress> sources) {

    public ExchangeSettings {
        sources = List.copyOf(sources);
    }

    /** What to call this address from; empty where the system chooses. */
    Optional<InetAddress> sourceFor(InetAddress target) {
        return sources.stream()
                .filter(source -> source.getClass() == target.getClass())
                .findFirst();
    }

    /**
     * Certificates as the JVM trusts them, or any. Few CPEs have one that names their address, and the same device could
     * have reported an http URL: what protects the connection request is Digest.
     */
    public static SSLSocketFactory tls(boolean verifyCertificates) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, verifyCertificates ? null : new TrustManager[] {new AnyCertificate()}, null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no TLS", e);
        }
    }

    private static final class AnyCertificate implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {
            throw new UnsupportedOperationException("we are the client");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {
            // Any will do, see tls(boolean).
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}

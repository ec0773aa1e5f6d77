package org.homeward.gateway.auth;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import org.homeward.contracts.TenantId;
import org.homeward.contracts.session.Authentication;
import org.homeward.contracts.session.Authentication.Scheme;
import org.homeward.gateway.auth.Credentials.Candidate;
import org.jspecify.annotations.Nullable;

/**
 * Checks the credentials of requests and makes challenges, by the listener's policy: Digest without TLS, Basic with it
 * (TR-069 3.4.4), nothing at all where the ACS is open.
 */
public final class Authenticator {

    private static final String REALM = "homeward";
    private static final String METHOD = "POST";

    private final Policy policy;
    private final Credentials credentials;
    private final Nonces nonces;
    private final NonceCounts counts = new NonceCounts();
    private final MeterRegistry meters;

    /**
     * @param open let everybody in, whatever they bring; for laboratories
     * @param tls whether the listener speaks TLS
     * @param basic whether a password may come in clear over a listener without TLS
     */
    public record Policy(boolean open, boolean tls, boolean basic) {
        boolean takesBasic() {
            return tls || basic;
        }
    }

    /** @param nonceKey the same for all gateways */
    public Authenticator(Policy policy, Credentials credentials, byte[] nonceKey, MeterRegistry meters, Clock clock) {
        this.policy = policy;
        this.credentials = credentials;
        this.nonces = new Nonces(nonceKey, clock);
        this.meters = meters;
    }

    /** Where a request comes from. @param connection some name for it, the same for all requests over it */
    public record Origin(TenantId tenant, String connection, String address) {}

    /** Whether there is enough knowledge to judge; before, whoever has the right password could be refused. */
    public boolean isReady() {
        return policy.open() || credentials.isComplete();
    }

    /** @param header {@code Authorization}, null for none */
    public Verdict check(@Nullable String header, Origin origin) {
        if (policy.open()) {
            return new Verdict.Proven(Principal.nobody());
        }
        if (header == null || header.isBlank()) {
            return new Verdict.Missing();
        }
        AuthorizationHeader authorization = AuthorizationHeader.parse(header);
        Verdict verdict = switch (authorization.scheme()) {
            case "digest" -> digest(new DigestCheck(authorization.parameters()), origin);
            case "basic" -> basic(authorization.rest(), origin);
            default -> new Verdict.Wrong("scheme " + authorization.scheme());
        };
        if (verdict instanceof Verdict.Wrong) {
            meters.counter(
                            "homeward.cwmp.auth.refused",
                            "scheme",
                            authorization.scheme().equals("basic") ? "basic" : "digest")
                    .increment();
        }
        return verdict;
    }

    private Verdict digest(DigestCheck digest, Origin origin) {
        Nonces.Age age = nonces.check(digest.nonce(), origin.connection(), origin.address());
        if (age == Nonces.Age.STALE || age == Nonces.Age.FOREIGN) {
            // whoever made it with an old nonce may well have the password: a new nonce settles it
            return new Verdict.Stale();
        }
        Verdict verdict = credentials.of(origin.tenant(), digest.username()).stream()
                .filter(candidate -> digest.isMadeWith(candidate.password(), REALM, METHOD))
                .findFirst()
                .<Verdict>map(candidate -> proven(candidate, Scheme.DIGEST))
                .orElseGet(() -> new Verdict.Wrong("name or password"));
        return verdict instanceof Verdict.Proven && isReplay(digest, age) ? new Verdict.Stale() : verdict;
    }

    /**
     * Whether the CPE counts its requests, and this count came before. On the connection that the nonce was made for a
     * repetition is let pass: there are CPEs that never count on, and nobody else speaks on that connection.
     */
    private boolean isReplay(DigestCheck digest, Nonces.Age age) {
        return digest.counts() && !counts.rises(digest.nonce(), digest.count()) && age == Nonces.Age.CARRIED;
    }

    private Verdict basic(String encoded, Origin origin) {
        if (!policy.takesBasic()) {
            return new Verdict.Wrong("Basic is not allowed here");
        }
        String pair;
        try {
            pair = new String(Base64.getMimeDecoder().decode(encoded), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return new Verdict.Wrong("not Base64");
        }
        int colon = pair.indexOf(':');
        if (colon < 0) {
            return new Verdict.Wrong("not name and password");
        }
        byte[] password = pair.substring(colon + 1).getBytes(StandardCharsets.UTF_8);
        return credentials.of(origin.tenant(), pair.substring(0, colon)).stream()
                .filter(candidate ->
                        MessageDigest.isEqual(candidate.password().getBytes(StandardCharsets.UTF_8), password))
                .findFirst()
                .<Verdict>map(candidate -> proven(candidate, Scheme.BASIC))
                .orElseGet(() -> new Verdict.Wrong("name or password"));
    }

    private static Verdict proven(Candidate candidate, Scheme scheme) {
        Principal principal = candidate.principal();
        Authentication found = principal.authentication();
        return new Verdict.Proven(
                new Principal(new Authentication(scheme, found.username(), found.credential()), principal.device()));
    }

    /** Values of {@code WWW-Authenticate}, one header each. @param stale whether only the nonce was too old */
    public List<String> challenges(Origin origin, boolean stale) {
        String basic = "Basic realm=\"" + REALM + "\", charset=\"UTF-8\"";
        if (policy.tls()) {
            return List.of(basic);
        }
        String digest = "Digest realm=\"" + REALM + "\", qop=\"auth\", nonce=\""
                + nonces.next(origin.connection(), origin.address()) + "\", opaque=\"" + REALM + "\", algorithm=MD5"
                + (stale ? ", stale=true" : "");
        return policy.basic() ? List.of(digest, basic) : List.of(digest);
    }
}

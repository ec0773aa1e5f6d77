package org.homeward.simulator.http;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Answers one Digest challenge as often as asked, with a rising nonce count and a new cnonce each time. */
public final class DigestClient {
    private final Challenge challenge;
    private final String username;
    private final String password;
    private int count;
    private boolean odd;
    private boolean counts = true;
    private @org.jspecify.annotations.Nullable String fixedCnonce;

    private DigestClient(Challenge challenge, String username, String password) {
        this.challenge = challenge;
        this.username = username;
        this.password = password;
    }

    /** Picks the strongest Digest challenge of a 401 that we can answer; empty if there is none. */
    public static Optional<DigestClient> answering(HttpReply reply, String username, String password) {
        List<Challenge> offers = reply.headers().all("WWW-Authenticate").stream()
                .map(Challenge::parse)
                .filter(c -> c.scheme().equals("digest") && Digest.supports(c.algorithm()))
                .toList();
        return offers.stream()
                .max(Comparator.comparing(c -> c.algorithm().startsWith("SHA-256")))
                .map(c -> new DigestClient(c, username, password));
    }

    /** The nonce this client answers; the server issued it. */
    public String nonce() {
        return challenge.field("nonce");
    }

    /** From now on folds the header over several lines and leaves out quotes, as some stacks do. */
    public void writesOddly() {
        odd = true;
    }

    /** From now on uses the same nonce count and cnonce each time, which RFC 7616 forbids. */
    public void countsNothing() {
        counts = false;
        fixedCnonce = "0a4f113b";
    }

    /** The {@code Authorization} value for one request. */
    public String authorization(String method, String uri) {
        count = counts ? count + 1 : 1;
        String nc = "%08x".formatted(count);
        String cnonce = fixedCnonce != null
                ? fixedCnonce
                : Long.toHexString(ThreadLocalRandom.current().nextLong());
        String qop = challenge.offersAuth() ? "auth" : "";
        String response = Digest.response(challenge, username, password, method, uri, nc, cnonce, qop);
        StringBuilder out = new StringBuilder("Digest username=\"")
                .append(username.replace("\\", "\\\\").replace("\"", "\\\""))
                .append("\", realm=\"")
                .append(challenge.field("realm"))
                .append("\", nonce=\"")
                .append(nonce())
                .append("\", uri=\"")
                .append(uri)
                .append("\", response=\"")
                .append(response)
                .append("\", algorithm=")
                .append(challenge.fields().getOrDefault("algorithm", "MD5"));
        if (!qop.isEmpty()) {
            out.append(", qop=auth, nc=")
                    .append(nc)
                    .append(", cnonce=\"")
                    .append(cnonce)
                    .append('"');
        } else if (challenge.algorithm().endsWith("-SESS")) {
            out.append(", cnonce=\"").append(cnonce).append('"');
        }
        if (!challenge.field("opaque").isEmpty()) {
            out.append(", opaque=\"").append(challenge.field("opaque")).append('"');
        }
        return odd ? out.toString().replace("\"", "").replace(", ", ",\r\n\t") : out.toString();
    }
}

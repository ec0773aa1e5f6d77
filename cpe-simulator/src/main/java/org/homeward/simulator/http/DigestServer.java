package org.homeward.simulator.http;

import java.security.SecureRandom;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Issues Digest challenges and checks the answers: nonce known, nonce count rising, response right. */
public final class DigestServer {
    private static final int MAX_NONCES = 10_000;
    private final SecureRandom random = new SecureRandom();
    private final String realm;
    private final String algorithm;
    // nonce -> highest nonce count seen; the oldest fall out
    private final Map<String, Long> nonces = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MAX_NONCES;
        }
    });

    public DigestServer(String realm, String algorithm) {
        this.realm = realm;
        this.algorithm = algorithm;
    }

    /** A {@code WWW-Authenticate} value with a nonce of its own. */
    public String challenge() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        String nonce = HexFormat.of().formatHex(bytes);
        nonces.put(nonce, 0L);
        return "Digest realm=\"" + realm + "\", qop=\"auth\", nonce=\"" + nonce + "\", algorithm=" + algorithm;
    }

    /** The same as some CPEs write it: folded over several lines, unquoted, without commas. */
    public String oddChallenge() {
        return challenge().replace("\"", "").replace(", ", "\r\n\t ");
    }

    /**
     * Checks an {@code Authorization} value.
     *
     * @param passwords by user name; null for a user that does not exist
     */
    public boolean accepts(
            @Nullable String authorization, String method, Function<String, @Nullable String> passwords) {
        if (authorization == null) {
            return false;
        }
        Challenge answer = Challenge.parse(authorization);
        String password = passwords.apply(answer.field("username"));
        Long seen = nonces.get(answer.field("nonce"));
        if (!answer.scheme().equals("digest") || password == null || seen == null) {
            return false;
        }
        if (!answer.field("realm").equals(realm) || !answer.algorithm().equalsIgnoreCase(algorithm)) {
            return false;
        }
        String qop = answer.field("qop");
        String expected = Digest.response(
                answer,
                answer.field("username"),
                password,
                method,
                answer.field("uri"),
                answer.field("nc"),
                answer.field("cnonce"),
                qop);
        if (!expected.equalsIgnoreCase(answer.field("response"))) {
            return false;
        }
        return qop.isEmpty() || countRises(answer);
    }

    private boolean countRises(Challenge answer) {
        long count;
        try {
            count = Long.parseLong(answer.field("nc"), 16);
        } catch (NumberFormatException e) {
            return false;
        }
        // False when the count did not rise: the map keeps the larger one either way.
        long[] before = {Long.MAX_VALUE};
        nonces.computeIfPresent(answer.field("nonce"), (nonce, seen) -> {
            before[0] = seen;
            return Math.max(seen, count);
        });
        return count > before[0];
    }
}

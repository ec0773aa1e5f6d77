package org.homeward.httpconnector.digest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** ConnectionRequestUsername and ConnectionRequestPassword of one device (each up to 256 characters). */
public record Credential(String username, String password) {

    /** Strongest first. */
    private enum Algorithm {
        SHA_256("SHA-256"),
        MD5("MD5");

        private final String digestName;

        Algorithm(String digestName) {
            this.digestName = digestName;
        }

        String hash(String text) {
            try {
                return HexFormat.of()
                        .formatHex(MessageDigest.getInstance(digestName).digest(text.getBytes(UTF_8)));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has " + digestName, e);
            }
        }

        boolean isNamed(String algorithm) {
            return algorithm.equalsIgnoreCase(digestName) || algorithm.equalsIgnoreCase(digestName + "-sess");
        }
    }

    /** Which schemes may be answered. Basic gives the password away to whoever sits at the URL. */
    public enum Policy {
        DIGEST_ONLY,
        DIGEST_OR_BASIC
    }

    /**
     * The {@code Authorization} for a GET, with the strongest challenge that we can answer: Digest with SHA-256, with
     * MD5, then Basic where the policy lets us.
     *
     * @param uri the request target as sent in the request line
     * @param cnonce fresh and unguessable
     * @return empty when no challenge can be answered
     */
    public Optional<String> answer(List<Challenge> challenges, String uri, String cnonce, Policy policy) {
        for (Algorithm algorithm : Algorithm.values()) {
            for (Challenge challenge : challenges) {
                if (isAnswerable(challenge, algorithm)) {
                    return Optional.of(digest(challenge, algorithm, uri, cnonce));
                }
            }
        }
        boolean basic = policy == Policy.DIGEST_OR_BASIC
                && challenges.stream().anyMatch(challenge -> challenge.scheme().equals("basic"));
        return basic ? Optional.of(basic()) : Optional.empty();
    }

    private static boolean isAnswerable(Challenge challenge, Algorithm algorithm) {
        return challenge.scheme().equals("digest")
                && challenge.parameter("nonce").isPresent()
                && algorithm.isNamed(challenge.parameter("algorithm").orElse("MD5"))
                && (challenge.parameter("qop").isEmpty() || offersAuth(challenge));
    }

    private static boolean offersAuth(Challenge challenge) {
        return challenge.parameter("qop").stream()
                .flatMap(qop -> Arrays.stream(qop.split("[,\\s]+")))
                .anyMatch("auth"::equalsIgnoreCase);
    }

    /** RFC 7616 3.4; without qop as in RFC 2069, which old CPEs still speak. */
    private String digest(Challenge challenge, Algorithm algorithm, String uri, String cnonce) {
        String realm = challenge.parameter("realm").orElse("");
        String nonce = challenge.parameter("nonce").orElseThrow();
        boolean session = challenge
                .parameter("algorithm")
                .map(name -> name.toLowerCase(Locale.ROOT).endsWith("-sess"))
                .orElse(false);
        String secret = algorithm.hash(username + ':' + realm + ':' + password);
        String ha1 = session ? algorithm.hash(secret + ':' + nonce + ':' + cnonce) : secret;
        String ha2 = algorithm.hash("GET:" + uri);
        boolean qop = offersAuth(challenge);
        String response = qop
                ? algorithm.hash(ha1 + ':' + nonce + ":00000001:" + cnonce + ":auth:" + ha2)
                : algorithm.hash(ha1 + ':' + nonce + ':' + ha2);

        StringBuilder header = new StringBuilder("Digest username=").append(quote(username));
        header.append(", realm=").append(quote(realm));
        header.append(", nonce=").append(quote(nonce));
        header.append(", uri=").append(quote(uri));
        header.append(", response=").append(quote(response));
        challenge
                .parameter("algorithm")
                .ifPresent(name -> header.append(", algorithm=").append(name));
        if (qop) {
            header.append(", qop=auth, nc=00000001");
        }
        if (qop || session) {
            header.append(", cnonce=").append(quote(cnonce));
        }
        challenge
                .parameter("opaque")
                .ifPresent(opaque -> header.append(", opaque=").append(quote(opaque)));
        return header.toString();
    }

    private String basic() {
        return "Basic " + Base64.getEncoder().encodeToString((username + ':' + password).getBytes(UTF_8));
    }

    private static String quote(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    @Override
    public String toString() {
        return "Credential[username=" + username + ", password=***]";
    }
}

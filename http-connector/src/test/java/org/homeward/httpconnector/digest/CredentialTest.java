package org.homeward.httpconnector.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.homeward.httpconnector.digest.Credential.Policy;
import org.junit.jupiter.api.Test;

class CredentialTest {

    private static final Credential MUFASA = new Credential("Mufasa", "Circle of Life");
    private static final String URI = "/dir/index.html";
    private static final String CNONCE = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
    private static final String RFC_7616 = "realm=\"http-auth@example.org\", qop=\"auth, auth-int\","
            + " nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\","
            + " opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"";

    private static Optional<String> answer(Policy policy, String... challenges) {
        return MUFASA.answer(Challenge.parse(List.of(challenges)), URI, CNONCE, policy);
    }

    @Test
    void answersMd5AsInRfc7616Section391() {
        Optional<String> header = answer(Policy.DIGEST_ONLY, "Digest " + RFC_7616 + ", algorithm=MD5");

        assertThat(header)
                .contains("Digest username=\"Mufasa\", realm=\"http-auth@example.org\","
                        + " nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", uri=\"/dir/index.html\","
                        + " response=\"8ca523f5e9506fed4657c9700eebdbec\", algorithm=MD5, qop=auth, nc=00000001,"
                        + " cnonce=\"f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ\","
                        + " opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"");
    }

    @Test
    void prefersSha256AsInRfc7616Section391() {
        Optional<String> header = answer(
                Policy.DIGEST_OR_BASIC,
                "Basic realm=x",
                "Digest " + RFC_7616 + ", algorithm=MD5",
                "Digest " + RFC_7616 + ", algorithm=SHA-256");

        assertThat(header)
                .get()
                .asString()
                .contains("algorithm=SHA-256")
                .contains("response=\"753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1\"");
    }

    @Test
    void answersWithoutQopAsInRfc2069() {
        Credential credential = new Credential("Mufasa", "CircleOfLife");
        List<Challenge> challenges = Challenge.parse(List.of("Digest realm=\"testrealm@host.com\","
                + " nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", opaque=\"5ccc069c403ebaf9f0171e9517f40e41\""));

        Optional<String> header = credential.answer(challenges, URI, CNONCE, Policy.DIGEST_ONLY);

        assertThat(header)
                .get()
                .asString()
                // The erratum of RFC 2069 2.4 gives this value.
                .contains("response=\"1949323746fe6a43ef61f9606e7febea\"")
                .doesNotContain("qop")
                .doesNotContain("cnonce");
    }

    @Test
    void answersMd5Sess() {
        Optional<String> header =
                answer(Policy.DIGEST_ONLY, "Digest realm=\"r\", nonce=\"n\", algorithm=MD5-sess, qop=auth");

        assertThat(header)
                .get()
                .asString()
                .contains("algorithm=MD5-sess", "cnonce=\"" + CNONCE + '"')
                .contains("response=\"fa16219ed2b637a681588d62d42c31db\"");
    }

    @Test
    void answersBasicOnlyWhereTheOperatorAllowsIt() {
        assertThat(answer(Policy.DIGEST_ONLY, "Basic realm=\"x\"")).isEmpty();
        assertThat(answer(Policy.DIGEST_OR_BASIC, "Basic realm=\"x\"")).contains("Basic TXVmYXNhOkNpcmNsZSBvZiBMaWZl");
    }

    @Test
    void answersNothingItCannot() {
        assertThat(answer(
                        Policy.DIGEST_OR_BASIC,
                        "Negotiate",
                        "Digest realm=r, nonce=n, qop=auth-int",
                        "Digest realm=r, nonce=n, algorithm=SHA-512-256",
                        "Digest realm=r, qop=auth"))
                .isEmpty();
    }

    @Test
    void escapesQuotesInWhatTheDeviceSent() {
        Optional<String> header = answer(Policy.DIGEST_ONLY, "Digest realm=\"a\\\"b\", nonce=\"n\"");

        assertThat(header).get().asString().contains("realm=\"a\\\"b\"");
    }

    @Test
    void keepsThePasswordOutOfLogs() {
        assertThat(MUFASA.toString()).contains("Mufasa").doesNotContain("Circle");
    }
}

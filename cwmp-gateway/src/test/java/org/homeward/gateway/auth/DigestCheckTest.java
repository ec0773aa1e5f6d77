package org.homeward.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestCheckTest {

    private static final String RFC_7616 =
            "username=\"Mufasa\", realm=\"http-auth@example.org\", uri=\"/dir/index.html\", "
                    + "algorithm=%s, nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", nc=00000001, "
                    + "cnonce=\"f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ\", qop=auth, response=\"%s\", opaque=\"x\"";

    private static DigestCheck digest(String header) {
        return new DigestCheck(new AuthorizationHeader("digest", header).parameters());
    }

    @Test
    void agreesWithTheExamplesOfTheStandard() {
        var md5 = digest(RFC_7616.formatted("MD5", "8ca523f5e9506fed4657c9700eebdbec"));
        var sha256 = digest(
                RFC_7616.formatted("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"));

        assertThat(md5.isMadeWith("Circle of Life", "http-auth@example.org", "GET"))
                .isTrue();
        assertThat(sha256.isMadeWith("Circle of Life", "http-auth@example.org", "GET"))
                .isTrue();
        assertThat(md5.isMadeWith("circle of life", "http-auth@example.org", "GET"))
                .isFalse();
        assertThat(md5.isMadeWith("Circle of Life", "http-auth@example.org", "POST"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"algorithm=SHA-1", "algorithm=MD5, qop=auth-int", "algorithm=\"\"", ""})
    void refusesWhatItDoesNotKnow(String parameters) {
        assertThat(digest("username=\"a\", nonce=\"n\", response=\"\", " + parameters)
                        .isMadeWith("p", "r", "POST"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "username=\"a b\", nonce=\"n\", nc=00000001, uri=\"/x,y\"",
                "username=\"a b\",nonce=\"n\",nc=\"00000001\",uri=\"/x,y\"",
                "username=\"a b\" nonce=n nc=00000001 uri=\"/x,y\"",
                "USERNAME = \"a b\" ,  nonce= \"n\", nc=00000001, uri=\"/x,y\""
            })
    void readsHeadersAsCpesWriteThem(String header) {
        assertThat(new AuthorizationHeader("digest", header).parameters())
                .isEqualTo(Map.of("username", "a b", "nonce", "n", "nc", "00000001", "uri", "/x,y"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "=", "a", "a=", "a=\"", "a=\"b\\", ",,,=,=", "\"=\""})
    void survivesNonsense(String header) {
        assertThat(digest(header).isMadeWith("p", "r", "POST")).isFalse();
    }
}

package org.homeward.httpconnector.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ChallengeTest {

    static Stream<Arguments> oddChallenges() {
        return Stream.of(
                Arguments.of("as it should be", "Digest realm=\"IGD\", qop=\"auth\", nonce=\"abc==\", opaque=\"o\""),
                Arguments.of("unquoted", "Digest realm=IGD,qop=auth,nonce=abc==,opaque=o"),
                Arguments.of("separated by spaces", "Digest realm=\"IGD\" qop=\"auth\" nonce=\"abc==\" opaque=\"o\""),
                Arguments.of("unquoted and by spaces", "Digest realm=IGD qop=auth nonce=abc== opaque=o"),
                Arguments.of(
                        "by lines", "Digest realm=\"IGD\",\r\n\tqop=\"auth\",\r\n nonce=\"abc==\",\n opaque=\"o\""),
                Arguments.of("blanks around =", "Digest realm = \"IGD\" , qop= auth , nonce =\"abc==\",opaque = o"),
                Arguments.of("odd case", "DIGEST Realm=\"IGD\", QOP=\"auth\", Nonce=\"abc==\", OPAQUE=\"o\""),
                Arguments.of("semicolons", "digest realm=\"IGD\"; qop=\"auth\"; nonce=\"abc==\"; opaque=\"o\""),
                Arguments.of("commas at both ends", ",,Digest realm=\"IGD\",,qop=auth,nonce=\"abc==\",opaque=\"o\",,"),
                Arguments.of("forgotten last quote", "Digest realm=\"IGD\", qop=\"auth\", nonce=\"abc==\", opaque=\"o"),
                Arguments.of("escaped", "Digest realm=\"I\\GD\", qop=\"auth\", nonce=\"abc==\", opaque=\"o\""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("oddChallenges")
    void readsDigestHoweverItIsWritten(String how, String header) {
        List<Challenge> challenges = Challenge.parse(List.of(header));

        assertThat(challenges)
                .as(how)
                .containsExactly(new Challenge(
                        "digest", Map.of("realm", "IGD", "qop", "auth", "nonce", "abc==", "opaque", "o")));
    }

    @Test
    void readsSeveralChallengesOfOneHeader() {
        List<Challenge> challenges = Challenge.parse(
                List.of(
                        "Negotiate, Basic realm=\"a, b\", Digest realm=\"x\", algorithm=SHA-256, nonce=1, Digest realm=x, nonce=2"));

        assertThat(challenges)
                .containsExactly(
                        new Challenge("negotiate", Map.of()),
                        new Challenge("basic", Map.of("realm", "a, b")),
                        new Challenge("digest", Map.of("realm", "x", "algorithm", "SHA-256", "nonce", "1")),
                        new Challenge("digest", Map.of("realm", "x", "nonce", "2")));
    }

    @Test
    void readsSeveralHeaders() {
        List<Challenge> challenges = Challenge.parse(List.of("Basic realm=x", "Digest nonce=\"1\""));

        assertThat(challenges).extracting(Challenge::scheme).containsExactly("basic", "digest");
    }

    @Test
    void takesTheSecondQopForNoScheme() {
        List<Challenge> challenges = Challenge.parse(List.of("Digest qop=auth,auth-int, nonce=1, realm=r"));

        assertThat(challenges)
                .containsExactly(new Challenge("digest", Map.of("qop", "auth", "nonce", "1", "realm", "r")));
    }

    @Test
    void keepsTheFirstOfAParameterGivenTwice() {
        List<Challenge> challenges = Challenge.parse(List.of("Digest nonce=1, nonce=2"));

        assertThat(challenges).containsExactly(new Challenge("digest", Map.of("nonce", "1")));
    }

    @Test
    void endsOnWhateverIsThere() {
        List<String> garbage =
                List.of("", " ", ",", "=", "=\"", "Digest", "Digest =", "Digest \"", "\\", "Digest a=\"\\");

        List<Challenge> challenges = Challenge.parse(garbage);

        assertThat(challenges).extracting(Challenge::scheme).contains("digest");
    }

    @Test
    void saysWhenOnlyTheNonceWasTooOld() {
        List<Challenge> challenges = Challenge.parse(List.of("Digest nonce=1, stale=TRUE", "Digest nonce=1, stale=no"));

        assertThat(challenges).extracting(Challenge::isStale).containsExactly(true, false);
    }
}

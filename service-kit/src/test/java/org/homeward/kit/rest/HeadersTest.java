package org.homeward.kit.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class HeadersTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "wait=20                        | 20",
                "Wait = 5                       | 5",
                "respond-async, wait=\"7\"      | 7",
                "wait=3;foo=bar, return=minimal | 3",
                "wait=99999999999999            | 30",
                "wait=-1                        | 0",
                "wait=soon                      | 0",
                "wait                           | 0",
                "return=minimal                 | 0"
            })
    void readsHowLongTheCallerWouldWait(String header, int seconds) {
        assertThat(Prefer.parse(header, Duration.ofSeconds(30)).maxWait()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @NullAndEmptySource
    void takesNoPreferenceForNoWait(String header) {
        assertThat(Prefer.parse(header, Duration.ofSeconds(30)).waits()).isFalse();
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"\"7\"", "W/\"7\"", "*", "\"6\", \"7\""})
    void letsAChangeOfTheSeenVersionPass(String ifMatch) {
        assertThatCode(() -> new Revision(7).requireMatch(ifMatch)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"6\"", "7", "\"77\""})
    void refusesAChangeOfAnotherVersion(String ifMatch) {
        assertThatThrownBy(() -> new Revision(7).requireMatch(ifMatch))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().status()).isEqualTo(412));
    }

    @ParameterizedTest
    @CsvSource({"1,1", "500,500", ",50"})
    void readsALimit(String text, int expected) {
        assertThat(Limit.parse(text).value()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "501", "-5", "x", "1e2", "99999999999"})
    void refusesALimitThatIsNone(String text) {
        assertThatThrownBy(() -> Limit.parse(text)).hasMessageContaining("limit");
    }
}

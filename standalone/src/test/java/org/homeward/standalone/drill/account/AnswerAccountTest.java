package org.homeward.standalone.drill.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.homeward.standalone.drill.account.AnswerAccount.Outage;
import org.homeward.standalone.drill.account.AnswerAccount.Received;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AnswerAccountTest {

    private static final Instant T0 = Instant.parse("2026-01-31T08:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | 0    | ''                                              | SERVED",
                "204 | 0    | ''                                              | SERVED",
                "503 | 0    | HTTP 503 to Inform                              | BUSY",
                "200 | 8005 | Inform refused with fault 8005                  | FAULT",
                "401 | 0    | HTTP 401 to Inform                              | UNAUTHORIZED",
                "400 | 0    | HTTP 400 to an empty POST                       | SESSION_GONE",
                "500 | 0    | HTTP 500 to Inform                              | STRANGE",
                "200 | 0    | unreadable answer: no envelope                  | HALF",
                "0   | 0    | IOException: connection closed before a reply   | NOBODY",
                "0   | 0    | ConnectException: Connection refused            | NOBODY",
                "0   | 0    | SocketException: Connection reset               | NOBODY",
                "0   | 0    | SocketTimeoutException: Read timed out          | SILENCE",
                "0   | 0    | EOFException: connection closed inside a line   | HALF"
            })
    void readsAnswersOffExchanges(int status, int fault, String failure, Answer expected) {
        assertThat(Answer.of(status, fault, failure)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void anythingButACleanAnswerIsFoundWhileTheGatewaysAreThere(Answer answer) {
        // When
        var findings = AnswerAccount.findings(List.of(received(answer, 10)), List.of());

        // Then
        assertThat(findings.isEmpty()).isEqualTo(answer.isClean());
    }

    @Test
    void connectionsBreakWithTheirGateway() {
        // When
        var findings = AnswerAccount.findings(
                List.of(received(Answer.NOBODY, 10)), List.of(new Outage(T0.plusSeconds(9), T0.plusSeconds(12))));

        // Then
        assertThat(findings).isEmpty();
    }

    @Test
    void connectionsThatBreakLongAfterTheOutageAreFound() {
        // When
        var findings = AnswerAccount.findings(
                List.of(received(Answer.NOBODY, 30)), List.of(new Outage(T0.plusSeconds(9), T0.plusSeconds(12))));

        // Then
        assertThat(findings).extracting(Finding::kind).containsExactly(Finding.Kind.UNCLEAN);
    }

    @Test
    void noOutageExcusesThatACpeIsTurnedAway() {
        // When
        var findings = AnswerAccount.findings(
                List.of(received(Answer.UNAUTHORIZED, 10)), List.of(new Outage(T0, T0.plusSeconds(60))));

        // Then
        assertThat(findings).hasSize(1);
    }

    private static Received received(Answer answer, int second) {
        return new Received("a", T0.plusSeconds(second), T0.plusSeconds(second), answer, "");
    }
}

package org.homeward.standalone.drill.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InformAccountTest {

    private static final Instant T0 = Instant.parse("2026-01-31T08:00:00Z");

    @Test
    void balancesWhenEachInformHasItsSession() {
        // When
        var unpaid = InformAccount.unpaid(
                List.of(inform("a", 0, 20), inform("a", 100, 120), inform("b", 0, 20)),
                Map.of("a", List.of(line(10), line(110)), "b", List.of(line(5))));

        // Then
        assertThat(unpaid).isEmpty();
    }

    @Test
    void findsALostInform() {
        // When
        var findings = InformAccount.findings(
                List.of(inform("a", 0, 20), inform("a", 100, 120)), Map.of("a", List.of(line(10))));

        // Then
        assertThat(findings).extracting(Finding::kind).containsExactly(Finding.Kind.LOST);
        assertThat(findings.getFirst().what()).contains(T0.plusMillis(100).toString());
    }

    @Test
    void findsALostInformOfADeviceThatTheRegistryDoesNotKnow() {
        assertThat(InformAccount.unpaid(List.of(inform("a", 0, 20)), Map.of())).hasSize(1);
    }

    @Test
    void aSessionPaysForOneInformOnly() {
        // When two sessions were acknowledged at about the same time, and one is recorded
        var unpaid =
                InformAccount.unpaid(List.of(inform("a", 0, 20), inform("a", 18, 40)), Map.of("a", List.of(line(19))));

        // Then
        assertThat(unpaid).hasSize(1);
    }

    @Test
    void aSessionOfAnotherDeviceDoesNotPay() {
        assertThat(InformAccount.unpaid(List.of(inform("a", 0, 20)), Map.of("b", List.of(line(10)))))
                .hasSize(1);
    }

    @Test
    void aSessionWithOtherEventsDoesNotPay() {
        // Given
        var boot = new SessionLine("s", T0.plusMillis(10), List.of("1 BOOT"));

        // When
        var unpaid = InformAccount.unpaid(List.of(inform("a", 0, 20)), Map.of("a", List.of(boot)));

        // Then
        assertThat(unpaid).hasSize(1);
    }

    @Test
    void sessionsWhoseResponseGotLostAreNoError() {
        assertThat(InformAccount.unpaid(
                        List.of(inform("a", 0, 20)), Map.of("a", List.of(line(10), line(500), line(900)))))
                .isEmpty();
    }

    private static Inform inform(String device, int from, int until) {
        return new Inform(device, T0.plusMillis(from), T0.plusMillis(until), List.of("2 PERIODIC"));
    }

    private static SessionLine line(int at) {
        return new SessionLine("s" + at, T0.plusMillis(at), List.of("2 PERIODIC"));
    }
}

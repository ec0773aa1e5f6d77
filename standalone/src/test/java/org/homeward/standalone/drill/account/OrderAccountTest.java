package org.homeward.standalone.drill.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.homeward.standalone.drill.account.Order.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrderAccountTest {

    private static final String PATH = "Device.WiFi.SSID.1.SSID";

    /** How often the CPE was told, against what the order says of it. */
    @ParameterizedTest
    @CsvSource({
        "WRITE,      succeeded, 1, true",
        "WRITE,      succeeded, 2, true",
        "WRITE,      succeeded, 0, false",
        "WRITE,      failed,    0, true",
        "WRITE,      failed,    1, false",
        "WRITE,      expired,   0, true",
        "WRITE,      expired,   1, false",
        "WRITE,      unknown,   1, false",
        "WRITE,      queued,    0, false",
        "WRITE,      running,   1, false",
        "WRITE,      cancelled, 0, false",
        "ADD,        succeeded, 1, true",
        "ADD,        succeeded, 0, false",
        "ADD,        unknown,   1, true",
        "ADD,        unknown,   0, true",
        "ADD,        failed,    1, false",
        "REBOOT,     succeeded, 1, true",
        "REBOOT,     succeeded, 0, false",
        "REBOOT,     expired,   1, false",
        "READ,       succeeded, 3, true",
        "READ,       failed,    1, true",
        "IMPOSSIBLE, failed,    1, true",
        "IMPOSSIBLE, succeeded, 1, false"
    })
    void knowsTrueStatesFromUntrueOnes(Kind kind, String state, int told, boolean isTrue) {
        // Given
        var order = new Order("0-1", "a", kind, PATH, "home");
        var calls = new ArrayList<Told>();
        for (int i = 0; i < told; i++) {
            calls.add(told(kind, "01", "home"));
        }
        var effects = new Effects(calls, Map.of("a", Map.of(PATH, "home")));

        // When
        var findings = new OrderAccount(Map.of("0-1", state), effects).findings(List.of(order));

        // Then
        assertThat(findings.isEmpty()).isEqualTo(isTrue);
    }

    @Test
    void findsAnOrderThatRestForgot() {
        // When
        var findings = new OrderAccount(Map.of(), new Effects(List.of(), Map.of())).findings(List.of(write("1", "x")));

        // Then
        assertThat(findings).extracting(Finding::kind).containsExactly(Finding.Kind.LOST);
    }

    @Test
    void findsASuccessThatTheCpeDoesNotHold() {
        // Given
        var effects = new Effects(List.of(told(Kind.WRITE, "1", "x")), Map.of("a", Map.of(PATH, "something else")));

        // When
        var findings = new OrderAccount(Map.of("1", "succeeded"), effects).findings(List.of(write("1", "x")));

        // Then
        assertThat(findings).extracting(Finding::kind).containsExactly(Finding.Kind.UNTRUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ADD", "ADD_WITH_VALUES", "REBOOT"})
    void findsAnEffectThatShowsTwice(Kind kind) {
        // Given
        var effects = new Effects(List.of(told(kind, "1", ""), told(kind, "1", "")), Map.of());

        // When
        var findings = effects.doubled(List.of(new Order("1", "a", kind, "", "")));

        // Then
        assertThat(findings).extracting(Finding::kind).containsExactly(Finding.Kind.DOUBLED);
    }

    @Test
    void doesNotMindAWriteThatIsRepeatedAtOnce() {
        // Given
        var effects = new Effects(
                List.of(told(Kind.WRITE, "1", "x"), told(Kind.WRITE, "1", "x"), told(Kind.WRITE, "2", "y")), Map.of());

        // When
        var findings = effects.doubled(List.of(write("1", "x"), write("2", "y")));

        // Then
        assertThat(findings).isEmpty();
    }

    @Test
    void findsAnOldValueThatCameBack() {
        // Given
        var effects = new Effects(
                List.of(told(Kind.WRITE, "1", "x"), told(Kind.WRITE, "2", "y"), told(Kind.WRITE, "1", "x")), Map.of());

        // When
        var findings = effects.doubled(List.of(write("1", "x"), write("2", "y")));

        // Then
        assertThat(findings).extracting(Finding::kind).containsExactly(Finding.Kind.DOUBLED);
    }

    @Test
    void setUpOfTheSystemItselfIsNobodysOrder() {
        // Given
        var effects = new Effects(List.of(told(Kind.REBOOT, "", ""), told(Kind.REBOOT, "", "")), Map.of());

        // When
        var findings = effects.doubled(List.of(new Order("1", "a", Kind.REBOOT, "", "")));

        // Then
        assertThat(findings).isEmpty();
    }

    private static Order write(String id, String value) {
        return new Order(id, "a", Kind.WRITE, PATH, value);
    }

    private static Told told(Kind kind, String key, String value) {
        return switch (kind) {
            case WRITE, IMPOSSIBLE -> new Told("a", "SetParameterValues", key, Map.of(PATH, value));
            case ADD, ADD_WITH_VALUES -> new Told("a", "AddObject", key, Map.of());
            case REBOOT -> new Told("a", "Reboot", key, Map.of());
            case READ -> new Told("a", "GetParameterValues", key, Map.of());
        };
    }
}

package org.homeward.standalone.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

    private static final Path PROJECT = Path.of("/project");

    @Test
    void allDrillsRunWhenNoneIsNamed() {
        assertThat(parse().drills()).containsExactlyElementsOf(Drills.NAMES);
    }

    @Test
    void takesNamesAndNumbers() {
        // When
        var options = parse("random", "--kills", "7", "--seed", "3", "broker", "--port-offset", "40");

        // Then
        assertThat(options.drills()).containsExactly("random", "broker");
        assertThat(options.kills()).isEqualTo(7);
        assertThat(options.seed()).isEqualTo(3);
        assertThat(options.portOffset()).isEqualTo(40);
    }

    @Test
    void theShortFormIsNoneOfAll() {
        assertThat(parse("short").drills()).containsExactly("short");
        assertThat(Drills.NAMES).doesNotContain("short");
    }

    @Test
    void skipsAreNoSuccessUnlessOneSaysSo() {
        assertThat(parse().allowSkips()).isFalse();
        assertThat(parse("--allow-skips").allowSkips()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"brokker", "--kill", "--kills", "--kills 0", "--kills many", "--port-offset 60000"})
    void refusesWhatMakesNoSense(String arguments) {
        assertThatThrownBy(() -> parse(arguments.split(" "))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"broker", "postgres", "mongo", "pair", "stall", "random", "clock", "disk", "each", "all", "short"
            })
    void everyNameIsADrill(String name) {
        assertThat(Drills.find(name, 1, Path.of("data")).name()).isEqualTo(name);
    }

    private static Options parse(String... arguments) {
        return Options.parse(List.of(arguments), PROJECT);
    }
}

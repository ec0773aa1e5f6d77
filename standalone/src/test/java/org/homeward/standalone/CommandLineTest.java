package org.homeward.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {

    private static final Path PROJECT = Path.of("/project");

    @Test
    void startsWithoutDevicesAndWithCredentialsUnlessToldOtherwise() {
        assertThat(CommandLine.parse(List.of(), PROJECT))
                .isEqualTo(new CommandLine.Start(0, false, Path.of("/project/.homeward/data"), new PortPlan(0)));
    }

    @Test
    void takesEveryOption() {
        // When
        var parsed = CommandLine.parse(
                List.of("--demo", "25", "--open", "--data", "/somewhere/else", "--port-offset", "100"), PROJECT);

        // Then
        assertThat(parsed).isEqualTo(new CommandLine.Start(25, true, Path.of("/somewhere/else"), new PortPlan(100)));
    }

    @ParameterizedTest
    @CsvSource({
        "--demo 0, --demo wants a number from 1 to 100000",
        "--demo many, --demo wants a number from 1 to 100000",
        "--demo, --demo wants a value",
        "--port-offset 50001, --port-offset wants a number from 0 to 50000",
        "--port-offset -1, --port-offset wants a number from 0 to 50000",
        "--demmo 3, there is no option --demmo",
    })
    void refusesWhatItDoesNotUnderstandAndNamesIt(String arguments, String why) {
        // When
        var parsed = CommandLine.parse(List.of(arguments.split(" ")), PROJECT);

        // Then
        assertThat(parsed)
                .isInstanceOfSatisfying(
                        CommandLine.Refused.class,
                        refused -> assertThat(refused.why()).contains(why));
    }

    @Test
    void explainsItself() {
        assertThat(CommandLine.parse(List.of("--help"), PROJECT)).isEqualTo(new CommandLine.Help());
    }
}

package org.homeward.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.homeward.simulator.Sessions.success;

import java.time.Duration;
import java.time.Instant;
import org.homeward.simulator.acs.Rpcs;
import org.homeward.simulator.acs.ScriptedAcs;
import org.junit.jupiter.api.Test;

class PaceTest {

    @Test
    void aMinuteOfTheCpesIsASecondOfOurs() {
        assertThat(Pace.times(60).waiting(Duration.ofMinutes(5))).isEqualTo(Duration.ofSeconds(5));
        assertThat(Pace.real().waiting(Duration.ofMinutes(5))).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void theClockRunsAhead() {
        Instant before = Instant.now();

        Instant there = Pace.times(1e9).clock().instant();

        assertThat(there).isAfterOrEqualTo(before);
        assertThatIllegalArgumentException().isThrownBy(() -> Pace.times(0));
    }

    @Test
    void anHourUntilTheNextPeriodicInformGoesByInNoTime() {
        try (ScriptedAcs acs = ScriptedAcs.start();
                SimulatedCpe cpe = SimulatedCpe.builder(acs.uri())
                        .bootstrapped()
                        .pace(Pace.times(36_000))
                        .build()) {
            acs.ask(Rpcs.setParameterValue(
                    "Device.ManagementServer.PeriodicInformInterval", "xsd:unsignedInt", "3600"));
            var periodic = cpe.nextSessionWith("2 PERIODIC");

            success(cpe.informNow("6 CONNECTION REQUEST"));

            assertThat(success(periodic).events()).containsExactly("2 PERIODIC");
        }
    }
}

package org.homeward.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.homeward.simulator.model.DeviceModel;
import org.homeward.simulator.model.Models;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeriodicInformTest {
    private static final String SERVER = "Device.ManagementServer.";
    private final DeviceModel model = new DeviceModel(Models.tr181(), name -> "3600");

    @BeforeEach
    void everyHour() {
        model.put(SERVER + "PeriodicInformInterval", "3600");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-21T10:00:00Z, 2026-11-21T00:20:00Z, PT20M",
        "2026-11-21T10:19:59Z, 2026-11-21T00:20:00Z, PT1S",
        "2026-11-21T10:20:00Z, 2026-11-21T00:20:00Z, PT1H",
        "2026-11-21T10:30:00Z, 2026-11-21T00:20:00Z, PT50M",
        "2026-11-21T10:30:00Z, 2099-01-01T00:45:00, PT15M",
        "2026-11-21T10:30:00Z, 2026-11-21T00:45:00+05:30, PT45M",
        "2026-11-21T10:30:00Z, 0001-01-01T00:00:00Z, PT1H",
        "2026-11-21T10:30:00Z, whenever, PT1H"
    })
    void comesInItsPhase(Instant now, String phase, Duration wait) {
        model.put(SERVER + "PeriodicInformTime", phase);

        assertThat(PeriodicInform.next(model, now)).contains(wait);
    }

    @Test
    void comesNeverWhenItIsSwitchedOff() {
        model.put(SERVER + "PeriodicInformEnable", "false");

        assertThat(PeriodicInform.next(model, Instant.EPOCH)).isEmpty();
        assertThat(PeriodicInform.nextHeartbeat(model, Instant.EPOCH)).isEmpty();
    }

    @Test
    void aHeartbeatHasAPhaseOfItsOwn() {
        model.put(SERVER + "HeartbeatPolicy.Enable", "true");
        model.put(SERVER + "HeartbeatPolicy.ReportingInterval", "60");
        model.put(SERVER + "HeartbeatPolicy.InitiationTime", "2026-01-01T00:00:10Z");

        assertThat(PeriodicInform.nextHeartbeat(model, Instant.parse("2026-11-21T10:00:00Z")))
                .contains(Duration.ofSeconds(10));
    }
}

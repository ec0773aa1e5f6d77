package org.homeward.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.homeward.simulator.SimulatedCpe;
import org.homeward.simulator.acs.Rpcs;
import org.homeward.simulator.acs.ScriptedAcs;
import org.homeward.simulator.figures.RunFigures.MilestoneFigures;
import org.homeward.simulator.fleet.Fleet;
import org.homeward.simulator.model.Models;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScenarioTest {
    private final ScriptedAcs acs = ScriptedAcs.start();

    @AfterEach
    void close() {
        acs.close();
    }

    private Fleet fleet(int count) {
        return Fleet.of(acs.uri(), count)
                .models(Models.tr181())
                .options(SimulatedCpe.builder(acs.uri())
                        .bootTime(Duration.ofMillis(20))
                        .options())
                .build();
    }

    private static void complete(ScenarioRun run) {
        await().atMost(Duration.ofSeconds(60)).until(run::isComplete);
    }

    private static List<Integer> reached(ScenarioRun run) {
        return run.figures().stream().map(MilestoneFigures::reached).toList();
    }

    @Test
    void aDeviceIsProvisionedOnceTheAcsHasSetSomething() {
        acs.ask(Rpcs.setParameterValues(Map.of("Device.DeviceInfo.ProvisioningCode", "home"), "1"));
        try (Fleet fleet = fleet(1)) {
            ScenarioRun run = ScenarioRun.begin(Scenario.initialisation(Map.of()), fleet);

            fleet.start(Duration.ZERO);

            complete(run);
            assertThat(reached(run)).containsExactly(1, 1);
        }
    }

    @Test
    void aDeviceThatWasAskedOnlyIsNotProvisionedAndSaysSo() {
        acs.ask(Rpcs.getRpcMethods());
        try (Fleet fleet = fleet(1)) {
            ScenarioRun run = ScenarioRun.begin(Scenario.initialisation(Map.of()), fleet);

            fleet.start(Duration.ZERO);

            await().atMost(Duration.ofSeconds(60)).until(() -> reached(run).equals(List.of(1, 0)));
            assertThat(run.isComplete()).isFalse();
            assertThat(run.stuck())
                    .singleElement()
                    .asString()
                    .contains("not yet: provisioned", "0 BOOTSTRAP + 1 BOOT, asked GetRPCMethods");
        }
    }

    @Test
    void aDeviceIsProvisionedWhenItHoldsTheValuesThatWereNamed() {
        acs.ask(Rpcs.setParameterValues(Map.of("Device.DeviceInfo.ProvisioningCode", "home"), "1"));
        try (Fleet fleet = fleet(1)) {
            Map<String, String> values = Map.of("DeviceInfo.ProvisioningCode", "office");
            ScenarioRun run = ScenarioRun.begin(Scenario.initialisation(values), fleet);
            fleet.start(Duration.ZERO);
            await().atMost(Duration.ofSeconds(60)).until(() -> reached(run).equals(List.of(1, 0)));

            acs.ask(Rpcs.setParameterValues(Map.of("Device.DeviceInfo.ProvisioningCode", "office"), "2"));
            fleet.devices().getFirst().informNow("2 PERIODIC");

            complete(run);
        }
    }

    @Test
    void aRebootIsOverWhenTheAcsKnowsWhyTheDeviceIsBack() {
        acs.ask(Rpcs.reboot("now"));
        try (Fleet fleet = fleet(1)) {
            ScenarioRun run = ScenarioRun.begin(Scenario.reboot(), fleet);

            fleet.start(Duration.ZERO);

            complete(run);
            assertThat(acs.heard("Inform").getLast().events()).contains("1 BOOT", "M Reboot");
        }
    }

    @Test
    void anUpgradeIsOverWhenTheDeviceRunsOtherFirmwareAndTheAcsKnows() {
        String image = "http://" + acs.uri().getAuthority() + "/firmware/7.7.img";
        acs.ask(Rpcs.download("up", "1 Firmware Upgrade Image", image));
        try (Fleet fleet = fleet(1)) {
            ScenarioRun run = ScenarioRun.begin(Scenario.firmware(), fleet);

            fleet.start(Duration.ZERO);

            complete(run);
            assertThat(acs.last("TransferComplete").payload().childText("CommandKey"))
                    .isEqualTo("up");
        }
    }

    @Test
    void aBlackoutTakesEveryDeviceAwayAndIsOverWhenAllAreServedAgain() {
        try (Fleet fleet = fleet(20)) {
            ScenarioRun run =
                    ScenarioRun.begin(Scenario.blackout(Duration.ofMillis(50), Duration.ofMillis(100)), fleet);

            fleet.start(Duration.ZERO);

            complete(run);
            assertThat(reached(run)).containsExactly(20, 20);
            assertThat(acs.heard("Inform"))
                    .filteredOn(i -> i.events().equals(List.of("1 BOOT")))
                    .hasSize(20);
        }
    }
}

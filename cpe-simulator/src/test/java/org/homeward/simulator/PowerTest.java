package org.homeward.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeward.simulator.Sessions.await;
import static org.homeward.simulator.Sessions.success;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.homeward.simulator.acs.Rpcs;
import org.homeward.simulator.acs.ScriptedAcs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PowerTest {
    private final ScriptedAcs acs = ScriptedAcs.start();
    private final SimulatedCpe cpe = SimulatedCpe.builder(acs.uri())
            .bootstrapped()
            .bootTime(Duration.ofMillis(20))
            .retryScale(0.001)
            .build();

    @AfterEach
    void close() {
        cpe.close();
        acs.close();
    }

    @Test
    void aCutAbortsTheSessionAndItBootsWhenThePowerIsBack() {
        CountDownLatch dark = new CountDownLatch(1);
        cpe.onRpc(call -> {
            cpe.powerOff();
            dark.countDown();
            return RpcAction.answer();
        });
        acs.ask(Rpcs.setParameterValues(Map.of("Device.WiFi.SSID.1.SSID", "written"), ""));

        SessionReport cut = await(cpe.informNow("2 PERIODIC"));

        assertThat(cut.succeeded()).isFalse();
        assertThat(cpe.isDown()).isTrue();
        assertThat(cpe.value("Device.WiFi.SSID.1.SSID")).isEqualTo("written");

        var back = cpe.nextSession();
        cpe.powerOn();

        assertThat(success(back).events()).containsExactly("1 BOOT");
    }

    @Test
    void whatIsDarkCallsNobody() {
        cpe.powerOff();
        var next = cpe.nextSession();
        cpe.change("Device.DeviceInfo.ProvisioningCode", "changed by hand");
        cpe.informNow("2 PERIODIC");
        cpe.powerOn();

        assertThat(success(next).events()).contains("1 BOOT");
        assertThat(acs.heard("Inform")).hasSize(1);
    }
}

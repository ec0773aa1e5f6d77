package org.homeward.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.homeward.simulator.Sessions.success;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.homeward.simulator.acs.Rpcs;
import org.homeward.simulator.acs.ScriptedAcs;
import org.homeward.simulator.acs.ScriptedAcs.Heard;
import org.homeward.simulator.behaviour.Misbehaviour;
import org.homeward.simulator.http.Headers;
import org.homeward.simulator.http.SmallHttpServer;
import org.homeward.simulator.http.SmallHttpServer.Answer;
import org.homeward.simulator.model.Models;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a CPE that is told to run other firmware. */
class FirmwareTest {
    private static final String VERSION = "Device.DeviceInfo.SoftwareVersion";
    private static final String BANKS = "Device.DeviceInfo.FirmwareImage.";
    private final ScriptedAcs acs = ScriptedAcs.start();
    private final SmallHttpServer files = SmallHttpServer.start(
            0, request -> new Answer(200, new Headers(), "version=2.0.1\n".getBytes(StandardCharsets.UTF_8)));
    private final List<SessionReport> sessions = new ArrayList<>();
    private final List<SimulatedCpe> cpes = new ArrayList<>();

    @AfterEach
    void close() {
        cpes.forEach(SimulatedCpe::close);
        acs.close();
        files.close();
    }

    private SimulatedCpe cpe(Misbehaviour... ways) {
        return start(SimulatedCpe.builder(acs.uri()).misbehaves(ways));
    }

    private SimulatedCpe start(CpeBuilder builder) {
        SimulatedCpe cpe = builder.bootstrapped()
                .bootTime(Duration.ofMillis(20))
                .bootLoops(2)
                .retryScale(0)
                .onSession(report -> {
                    synchronized (sessions) {
                        sessions.add(report);
                    }
                })
                .build();
        cpes.add(cpe);
        return cpe;
    }

    private void download(SimulatedCpe cpe, String fileType) {
        acs.ask(Rpcs.download("fw-1", fileType, "http://" + files.authority() + "/image"));
        success(cpe.informNow("2 PERIODIC"));
    }

    private List<List<String>> events() {
        synchronized (sessions) {
            return sessions.stream().map(SessionReport::events).toList();
        }
    }

    private static String fault(Heard transferComplete) {
        return transferComplete.payload().child("FaultStruct").orElseThrow().childText("FaultCode");
    }

    @Test
    void bootsIntoTheOtherBank() {
        SimulatedCpe cpe = cpe();
        var done = cpe.nextSessionWith("7 TRANSFER COMPLETE");
        download(cpe, "1 Firmware Upgrade Image");

        assertThat(success(done).events())
                .containsExactlyInAnyOrder("1 BOOT", "4 VALUE CHANGE", "7 TRANSFER COMPLETE", "M Download");
        assertThat(cpe.value(VERSION)).isEqualTo("2.0.1");
        assertThat(cpe.value("Device.DeviceInfo.ActiveFirmwareImage")).isEqualTo(BANKS + "2.");
        assertThat(cpe.value(BANKS + "1.Status")).isEqualTo("Available");
        assertThat(cpe.value(BANKS + "2.Version")).isEqualTo("2.0.1");
    }

    @Test
    void keepsAStoredImageForLaterAndRollsBackWhenTold() {
        SimulatedCpe cpe = cpe();
        var stored = cpe.nextSessionWith("7 TRANSFER COMPLETE");
        download(cpe, "6 Stored Firmware Image");
        assertThat(success(stored).events()).doesNotContain("1 BOOT");
        var booted = cpe.nextSessionWith("M Reboot");

        acs.ask(
                Rpcs.setParameterValues(Map.of("Device.DeviceInfo.BootFirmwareImage", BANKS + "2."), ""),
                Rpcs.reboot("roll"));
        success(cpe.informNow("2 PERIODIC"));

        assertThat(success(booted).events()).contains("1 BOOT", "4 VALUE CHANGE");
        assertThat(cpe.value(VERSION)).isEqualTo("2.0.1");
    }

    @Test
    void firmwareOutlastsAFactoryReset() {
        SimulatedCpe cpe = cpe();
        var done = cpe.nextSessionWith("7 TRANSFER COMPLETE");
        download(cpe, "1 Firmware Upgrade Image");
        success(done);
        var reset = cpe.nextSessionWith("0 BOOTSTRAP");

        acs.ask(Rpcs.factoryReset());
        success(cpe.informNow("2 PERIODIC"));

        success(reset);
        assertThat(cpe.value(VERSION)).isEqualTo("2.0.1");
        assertThat(cpe.value("Device.DeviceInfo.ActiveFirmwareImage")).isEqualTo(BANKS + "2.");
    }

    @Test
    void upgradesWhereThereAreNoBanks() {
        SimulatedCpe cpe = start(SimulatedCpe.builder(acs.uri()).model(Models.tr098()));
        var done = cpe.nextSessionWith("7 TRANSFER COMPLETE");

        download(cpe, "1 Firmware Upgrade Image");

        success(done);
        assertThat(cpe.value("InternetGatewayDevice.DeviceInfo.SoftwareVersion"))
                .isEqualTo("2.0.1");
    }

    @Test
    void aBrickNeverComesBack() {
        SimulatedCpe cpe = cpe(Misbehaviour.BRICKS);

        download(cpe, "1 Firmware Upgrade Image");

        await().atMost(Duration.ofSeconds(60)).until(cpe::isBricked);
        cpe.powerCycle();
        cpe.powerOff();
        cpe.powerOn();
        assertThat(cpe.isBricked()).isTrue();
        assertThat(cpe.isDown()).isTrue();
        assertThat(acs.heard("Inform")).hasSize(1);
    }

    @Test
    void bootsInALoopBeforeTheFirmwareHolds() {
        SimulatedCpe cpe = cpe(Misbehaviour.BOOT_LOOPS);
        var done = cpe.nextSessionWith("7 TRANSFER COMPLETE");

        download(cpe, "1 Firmware Upgrade Image");

        success(done);
        assertThat(events().subList(0, 3)).containsExactly(List.of("2 PERIODIC"), List.of("1 BOOT"), List.of("1 BOOT"));
        assertThat(cpe.value(VERSION)).isEqualTo("2.0.1");
    }

    @Test
    void claimsSuccessAndRunsTheOldVersion() {
        SimulatedCpe cpe = cpe(Misbehaviour.CLAIMS_SUCCESS);
        var done = cpe.nextSessionWith("7 TRANSFER COMPLETE");

        download(cpe, "1 Firmware Upgrade Image");

        assertThat(success(done).events()).contains("1 BOOT");
        assertThat(fault(acs.last("TransferComplete"))).isEqualTo("0");
        assertThat(cpe.value(VERSION)).isEqualTo("1.0.0");
    }

    @Test
    void claimsFailureAndRunsTheNewVersion() {
        SimulatedCpe cpe = cpe(Misbehaviour.CLAIMS_FAILURE);
        var done = cpe.nextSessionWith("7 TRANSFER COMPLETE");

        download(cpe, "1 Firmware Upgrade Image");

        success(done);
        assertThat(fault(acs.last("TransferComplete"))).isEqualTo("9018");
        assertThat(cpe.value(VERSION)).isEqualTo("2.0.1");
    }

    @Test
    void tellsBeforeItBoots() {
        SimulatedCpe cpe = cpe(Misbehaviour.EARLY_TRANSFER_COMPLETE);
        var booted = cpe.nextSessionWith("1 BOOT");

        download(cpe, "1 Firmware Upgrade Image");

        assertThat(success(booted).events()).containsExactlyInAnyOrder("1 BOOT", "4 VALUE CHANGE");
        assertThat(acs.heard("Inform"))
                .extracting(Heard::events)
                .contains(List.of("7 TRANSFER COMPLETE", "M Download"));
    }

    @Test
    void neverTellsThatItIsOver() {
        SimulatedCpe cpe = cpe(Misbehaviour.LOST_TRANSFER_COMPLETE);
        var booted = cpe.nextSessionWith("1 BOOT");

        download(cpe, "1 Firmware Upgrade Image");

        assertThat(success(booted).sent()).containsExactly("Inform", "");
        assertThat(cpe.value(VERSION)).isEqualTo("2.0.1");
        assertThat(cpe.pendingEvents()).isEmpty();
    }

    @Test
    void tellsItTwice() {
        SimulatedCpe cpe = cpe(Misbehaviour.DOUBLED_TRANSFER_COMPLETE);
        var done = cpe.nextSessionWith("7 TRANSFER COMPLETE");

        download(cpe, "1 Firmware Upgrade Image");

        assertThat(success(done).sent()).containsExactly("Inform", "TransferComplete", "TransferComplete", "");
        assertThat(cpe.pendingEvents()).isEmpty();
    }

    @Test
    void forgetsTheCommandKey() {
        SimulatedCpe cpe = cpe(Misbehaviour.NO_COMMAND_KEY);
        var done = cpe.nextSessionWith("7 TRANSFER COMPLETE");

        download(cpe, "1 Firmware Upgrade Image");

        success(done);
        assertThat(acs.last("TransferComplete").payload().childText("CommandKey"))
                .isEmpty();
    }
}

package org.homeward.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeward.simulator.Sessions.success;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.homeward.simulator.acs.Rpcs;
import org.homeward.simulator.acs.ScriptedAcs;
import org.homeward.simulator.http.Headers;
import org.homeward.simulator.http.SmallHttpServer;
import org.homeward.simulator.http.SmallHttpServer.Answer;
import org.homeward.simulator.http.SmallHttpServer.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LifeCycleTest {
    private final ScriptedAcs acs = ScriptedAcs.start();
    private final SmallHttpServer files = SmallHttpServer.start(0, this::serveFile);
    private final SimulatedCpe cpe = SimulatedCpe.builder(acs.uri())
            .serial("HW000007")
            .bootstrapped()
            .bootTime(Duration.ofMillis(50))
            .retryScale(0)
            .build();

    @AfterEach
    void close() {
        cpe.close();
        acs.close();
        files.close();
    }

    private Answer serveFile(Request request) {
        return switch (request.path()) {
            case "/image-2.0.1.bin" ->
                new Answer(200, new Headers(), "version=2.0.1\n...".getBytes(StandardCharsets.UTF_8));
            case "/config" -> new Answer(200, new Headers(), "x".getBytes(StandardCharsets.UTF_8));
            default -> Answer.of(404);
        };
    }

    private String file(String path) {
        return "http://" + files.authority() + path;
    }

    @Test
    void rebootsAfterTheSessionAndSaysSo() {
        acs.ask(Rpcs.reboot("key-9"), Rpcs.getRpcMethods());
        var booted = cpe.nextSessionWith("1 BOOT");

        SessionReport report = success(cpe.informNow("2 PERIODIC"));

        assertThat(report.rpcs()).containsExactly("Reboot", "GetRPCMethods");
        assertThat(success(booted).events()).containsExactly("1 BOOT", "M Reboot");
        assertThat(acs.last("Inform").payload().child("Event").orElseThrow().children())
                .extracting(e -> e.childText("CommandKey"))
                .containsExactly("", "key-9");
    }

    @Test
    void forgetsEverythingOnAFactoryReset() {
        String ssid = "Device.WiFi.SSID.1.SSID";
        acs.ask(
                Rpcs.setParameterValues(Map.of(ssid, "mine"), "key"),
                Rpcs.addObject("Device.NAT.PortMapping."),
                Rpcs.factoryReset());
        var reset = cpe.nextSessionWith("0 BOOTSTRAP");

        success(cpe.informNow("2 PERIODIC"));

        assertThat(success(reset).events()).containsExactly("0 BOOTSTRAP", "1 BOOT");
        assertThat(cpe.value(ssid)).isEqualTo("Homeward-0007");
        assertThat(cpe.model().instances("Device.NAT.PortMapping.")).containsExactly(1);
        assertThat(cpe.model().ownValues()).isEmpty();
    }

    @Test
    void fetchesFirmwareBootsIntoItAndReportsTheTransfer() {
        acs.ask(Rpcs.download("fw-1", "1 Firmware Upgrade Image", file("/image-2.0.1.bin")));
        var done = cpe.nextSessionWith("7 TRANSFER COMPLETE");

        success(cpe.informNow("2 PERIODIC"));

        SessionReport report = success(done);
        assertThat(acs.last("DownloadResponse").payload().childText("Status")).isEqualTo("1");
        assertThat(report.events()).contains("1 BOOT", "7 TRANSFER COMPLETE", "M Download", "4 VALUE CHANGE");
        assertThat(report.sent()).containsExactly("Inform", "TransferComplete", "");
        assertThat(acs.last("TransferComplete").payload().childText("CommandKey"))
                .isEqualTo("fw-1");
        assertThat(acs.last("Inform").values()).containsEntry("Device.DeviceInfo.SoftwareVersion", "2.0.1");
        assertThat(cpe.pendingEvents()).isEmpty();
    }

    @Test
    void reportsADownloadThatFailed() {
        acs.ask(Rpcs.download("cfg-1", "3 Vendor Configuration File", file("/missing")));
        var done = cpe.nextSessionWith("7 TRANSFER COMPLETE");

        success(cpe.informNow("2 PERIODIC"));

        assertThat(success(done).events()).containsExactly("7 TRANSFER COMPLETE", "M Download");
        assertThat(acs.last("TransferComplete")
                        .payload()
                        .child("FaultStruct")
                        .orElseThrow()
                        .childText("FaultCode"))
                .isEqualTo("9016");
    }

    @Test
    void refusesDownloadsItCannotDo() {
        acs.ask(
                Rpcs.download("a", "3 Vendor Configuration File", "tftp://127.0.0.1/file"),
                Rpcs.download("b", "3 Vendor Configuration File", "http://user:pw@127.0.0.1/file"),
                Rpcs.download("c", "Firmware", file("/config")));

        assertThat(success(cpe.informNow("2 PERIODIC")).faults()).containsExactly(9013, 9003, 9003);
    }

    @Test
    void listsAndCancelsTransfersThatHaveNotBegun() {
        String download = Rpcs.arguments(
                "Download",
                "CommandKey",
                "later",
                "FileType",
                "3 Vendor Configuration File",
                "URL",
                file("/config"),
                "DelaySeconds",
                "600");
        acs.ask(
                download,
                "<cwmp:GetAllQueuedTransfers/>",
                "<cwmp:GetQueuedTransfers/>",
                Rpcs.arguments("CancelTransfer", "CommandKey", "later"),
                "<cwmp:GetAllQueuedTransfers/>");

        success(cpe.informNow("2 PERIODIC"));

        assertThat(acs.heard("GetAllQueuedTransfersResponse"))
                .extracting(h -> h.payload().children().getFirst().children().size())
                .containsExactly(1, 0);
        assertThat(acs.last("GetQueuedTransfersResponse")
                        .payload()
                        .children()
                        .getFirst()
                        .children()
                        .getFirst()
                        .childText("State"))
                .isEqualTo("1");
    }

    @Test
    void informsWhenScheduled() {
        acs.ask(Rpcs.scheduleInform(1, "later-1"), Rpcs.scheduleInform(0, "never"));
        var scheduled = cpe.nextSessionWith("3 SCHEDULED");

        assertThat(success(cpe.informNow("2 PERIODIC")).faults()).containsExactly(9003);

        assertThat(success(scheduled).events()).containsExactly("3 SCHEDULED", "M ScheduleInform");
    }
}

package org.homeward.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeward.simulator.Sessions.success;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.homeward.simulator.acs.Rpcs;
import org.homeward.simulator.acs.ScriptedAcs;
import org.homeward.simulator.http.Headers;
import org.homeward.simulator.http.SmallHttpServer;
import org.homeward.simulator.http.SmallHttpServer.Answer;
import org.homeward.simulator.model.Models;
import org.homeward.simulator.soap.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a CPE has to say of its own accord, and what it does with software modules. */
class OwnRequestTest {
    private static final String UNITS = "Device.SoftwareModules.DeploymentUnit.";
    private static final String UUID = "5f0d3d3e-6a1c-4a4b-9c39-0d1a4b0a8f11";
    private final ScriptedAcs acs = ScriptedAcs.start();
    private final SmallHttpServer files = SmallHttpServer.start(
            0,
            request -> request.path().equals("/missing")
                    ? Answer.of(404)
                    : new Answer(200, new Headers(), "x".getBytes(StandardCharsets.UTF_8)));
    private final SimulatedCpe cpe = SimulatedCpe.builder(acs.uri())
            .bootstrapped()
            .bootTime(Duration.ofMillis(20))
            .retryScale(0)
            .build();

    @AfterEach
    void close() {
        cpe.close();
        acs.close();
        files.close();
    }

    @Test
    void asksForADownload() {
        SessionReport report = success(cpe.requestDownload("1 Firmware Upgrade Image", Map.of("Version", "2.0")));

        assertThat(report.events()).containsExactly("9 REQUEST DOWNLOAD");
        assertThat(report.sent()).containsExactly("Inform", "RequestDownload", "");
        assertThat(acs.last("RequestDownload")
                        .payload()
                        .child("FileTypeArg")
                        .orElseThrow()
                        .children()
                        .getFirst()
                        .childText("Value"))
                .isEqualTo("2.0");
        // Refused by this ACS with 8000: that is an answer too.
        assertThat(cpe.pendingEvents()).isEmpty();
    }

    @Test
    void tellsOfATransferThatNobodyAskedFor() {
        SessionReport report =
                success(cpe.autonomousTransfer("3 Vendor Configuration File", "http://192.0.2.1/c", 7, 9016));

        assertThat(report.events()).containsExactly("10 AUTONOMOUS TRANSFER COMPLETE");
        Element told = acs.last("AutonomousTransferComplete").payload();
        assertThat(told.child("FaultStruct").orElseThrow().childText("FaultCode"))
                .isEqualTo("9016");
        assertThat(told.childText("IsDownload")).isEqualTo("1");
    }

    @Test
    void isKicked() {
        SessionReport report = success(cpe.kick("go", "192.168.1.2", "", "http://192.0.2.1/next"));

        assertThat(report.events()).containsExactly("5 KICKED");
        assertThat(acs.last("Kicked").payload().childText("Next")).isEqualTo("http://192.0.2.1/next");
    }

    @Test
    void heartsBeatWhenTheAcsWantsThemTo() {
        try (SimulatedCpe fast = SimulatedCpe.builder(acs.uri())
                .bootstrapped()
                .pace(Pace.times(1_000))
                .build()) {
            String policy = "Device.ManagementServer.HeartbeatPolicy.";
            acs.ask(Rpcs.setTypedValues(
                    "",
                    new String[] {policy + "ReportingInterval", "xsd:unsignedInt", "30"},
                    new String[] {policy + "Enable", "xsd:boolean", "1"}));
            var beat = fast.nextSessionWith("14 HEARTBEAT");

            success(fast.informNow("13 WAKEUP"));

            assertThat(success(beat).events()).containsExactly("14 HEARTBEAT");
        }
    }

    private String operation(String type, String... namesAndValues) {
        StringBuilder out = new StringBuilder("<Operations xsi:type=\"cwmp:").append(type + "OpStruct\">");
        for (int i = 0; i < namesAndValues.length; i += 2) {
            out.append("<" + namesAndValues[i] + ">" + namesAndValues[i + 1] + "</" + namesAndValues[i] + ">");
        }
        return out.append("</Operations>").toString();
    }

    private List<Element> changed(String key, String... operations) {
        acs.ask("<cwmp:ChangeDUState>" + String.join("", operations) + "<CommandKey>" + key
                + "</CommandKey></cwmp:ChangeDUState>");
        var done = cpe.nextSessionWith("11 DU STATE CHANGE COMPLETE");
        success(cpe.informNow("2 PERIODIC"));
        success(done);
        assertThat(acs.last("DUStateChangeComplete").payload().childText("CommandKey"))
                .isEqualTo(key);
        return acs.last("DUStateChangeComplete").payload().children("Results");
    }

    private static int fault(Element result) {
        return Integer.parseInt(result.child("Fault").orElseThrow().childText("FaultCode"));
    }

    @Test
    void installsUpdatesAndUninstallsSoftware() {
        String url = "http://" + files.authority() + "/app-1.2.ipk";

        assertThat(changed("in", operation("Install", "URL", url, "UUID", UUID)))
                .singleElement()
                .satisfies(r -> {
                    assertThat(r.childText("CurrentState")).isEqualTo("Installed");
                    assertThat(r.childText("Version")).isEqualTo("1.2");
                    assertThat(r.childText("DeploymentUnitRef")).isEqualTo(UNITS + "1.");
                });
        assertThat(cpe.value(UNITS + "1.UUID")).isEqualTo(UUID);

        assertThat(changed("up", operation("Update", "UUID", UUID, "URL", url.replace("1.2", "1.3"))))
                .singleElement()
                .satisfies(r -> assertThat(r.childText("Version")).isEqualTo("1.3"));

        assertThat(changed("out", operation("Uninstall", "UUID", UUID)))
                .singleElement()
                .satisfies(r -> assertThat(r.childText("CurrentState")).isEqualTo("Uninstalled"));
        assertThat(cpe.model().instances(UNITS)).isEmpty();
    }

    @Test
    void tellsTheFaultOfEachOperationInTheirOrder() {
        List<Element> results = changed(
                "faults",
                operation("Uninstall", "UUID", UUID),
                operation("Install", "URL", "http://" + files.authority() + "/missing", "UUID", UUID),
                operation("Install", "URL", "ftp://192.0.2.1/app", "UUID", UUID),
                operation("Install", "URL", "http://a b/", "UUID", UUID));

        assertThat(results).extracting(OwnRequestTest::fault).containsExactly(9028, 9016, 9013, 9003);
        assertThat(results).extracting(r -> r.childText("CurrentState")).containsOnly("Failed");
    }

    @Test
    void refusesSoftwareWhereTheModelHasNone() {
        try (SimulatedCpe old = SimulatedCpe.builder(acs.uri())
                .model(Models.tr098())
                .bootstrapped()
                .build()) {
            acs.ask("<cwmp:ChangeDUState/>", "<cwmp:GetOptions/>", "<cwmp:SetVouchers/>");

            assertThat(success(old.informNow("2 PERIODIC")).faults()).containsExactly(9000);
        }
    }
}

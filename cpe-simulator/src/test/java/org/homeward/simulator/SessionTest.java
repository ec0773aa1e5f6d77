package org.homeward.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeward.simulator.Sessions.await;
import static org.homeward.simulator.Sessions.success;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.homeward.simulator.CpeOptions.DuringSession;
import org.homeward.simulator.acs.Rpcs;
import org.homeward.simulator.acs.ScriptedAcs;
import org.homeward.simulator.acs.ScriptedAcs.Heard;
import org.homeward.simulator.http.DigestClient;
import org.homeward.simulator.http.Headers;
import org.homeward.simulator.http.HttpConnection;
import org.homeward.simulator.http.HttpReply;
import org.homeward.simulator.model.Models;
import org.homeward.simulator.soap.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SessionTest {
    private static CpeBuilder quiet(ScriptedAcs acs) {
        return SimulatedCpe.builder(acs.uri()).serial("HW000042").bootstrapped().retryScale(0);
    }

    @Test
    void firstContactCarriesBootstrapAndBootAndTheForcedParameters() {
        try (ScriptedAcs acs = ScriptedAcs.start();
                SimulatedCpe cpe = SimulatedCpe.builder(acs.uri()).build()) {
            var session = cpe.nextSession();
            cpe.start();

            SessionReport report = success(session);

            assertThat(report.sent()).containsExactly("Inform", "");
            assertThat(report.statuses()).containsExactly(200, 204);
            Heard inform = acs.last("Inform");
            assertThat(inform.events()).containsExactly("0 BOOTSTRAP", "1 BOOT");
            assertThat(inform.values())
                    .containsKeys(
                            "Device.RootDataModelVersion",
                            "Device.DeviceInfo.HardwareVersion",
                            "Device.DeviceInfo.SoftwareVersion",
                            "Device.DeviceInfo.ProvisioningCode",
                            "Device.ManagementServer.ParameterKey",
                            "Device.ManagementServer.AliasBasedAddressing")
                    .containsEntry(
                            "Device.ManagementServer.ConnectionRequestURL",
                            cpe.connectionRequestUrl().toString());
            assertThat(cpe.pendingEvents()).isEmpty();
        }
    }

    @Test
    void tr098InformCarriesTheWanAddress() {
        try (ScriptedAcs acs = ScriptedAcs.start();
                SimulatedCpe cpe = quiet(acs).model(Models.tr098()).build()) {
            SessionReport report = success(cpe.informNow("2 PERIODIC"));

            assertThat(acs.last("Inform").values())
                    .containsEntry(
                            "InternetGatewayDevice.WANDevice.1.WANConnectionDevice.1.WANPPPConnection.1"
                                    + ".ExternalIPAddress",
                            cpe.identity().wanIp())
                    .containsKeys(
                            "InternetGatewayDevice.DeviceSummary", "InternetGatewayDevice.DeviceInfo.SpecVersion");
            assertThat(report.exchanges().getFirst().sentBytes()).isBetween(2_500, 4_500);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ScriptedAcs.Login.class,
            names = {"DIGEST_MD5", "DIGEST_SHA_256"})
    void answersADigestChallenge(ScriptedAcs.Login login) {
        try (ScriptedAcs acs = ScriptedAcs.start(login, Map.of("user", "secret"));
                SimulatedCpe cpe = quiet(acs)
                        .credentials(Credentials.digest("user", "secret"))
                        .build()) {
            acs.ask(Rpcs.getRpcMethods());

            SessionReport report = success(cpe.informNow("2 PERIODIC"));

            assertThat(report.sent()).containsExactly("Inform", "", "GetRPCMethodsResponse");
            assertThat(acs.heard()).extracting(Heard::connection).containsOnly(1L);
        }
    }

    @Test
    void sendsBasicAheadOfAnyChallenge() {
        try (ScriptedAcs acs = ScriptedAcs.start(ScriptedAcs.Login.BASIC, Map.of("user", "secret"));
                SimulatedCpe cpe = quiet(acs)
                        .credentials(Credentials.basic("user", "secret"))
                        .build()) {
            assertThat(success(cpe.informNow("2 PERIODIC")).statuses()).containsExactly(200, 204);
        }
    }

    @Test
    void failsWithAWrongPasswordAndKeepsItsEvents() {
        try (ScriptedAcs acs = ScriptedAcs.start(ScriptedAcs.Login.DIGEST_MD5, Map.of("user", "secret"));
                SimulatedCpe cpe = quiet(acs)
                        .credentials(Credentials.digest("user", "wrong"))
                        .build()) {
            SessionReport report = await(cpe.informNow("2 PERIODIC"));

            assertThat(report.whyFailed()).contains("HTTP 401 to Inform");
            assertThat(cpe.pendingEvents()).extracting(CpeEvent::code).containsExactly("2 PERIODIC");
        }
    }

    @Test
    void usesTheCredentialsThatTheAcsHasSet() {
        try (ScriptedAcs acs = ScriptedAcs.start(ScriptedAcs.Login.DIGEST_MD5, Map.of("user", "old", "u2", "new"));
                SimulatedCpe cpe = quiet(acs)
                        .credentials(Credentials.digest("user", "old"))
                        .build()) {
            acs.ask(Rpcs.setParameterValues(
                    Map.of("Device.ManagementServer.Username", "u2", "Device.ManagementServer.Password", "new"), ""));
            success(cpe.informNow("2 PERIODIC"));

            success(cpe.informNow("2 PERIODIC"));

            assertThat(acs.last("Inform").headers().first("Authorization")).contains("username=\"u2\"");
        }
    }

    @Test
    void survivesANewConnectionForEveryRequest() {
        try (ScriptedAcs acs = ScriptedAcs.start(ScriptedAcs.Login.DIGEST_MD5, Map.of("user", "secret"));
                SimulatedCpe cpe = quiet(acs)
                        .credentials(Credentials.digest("user", "secret"))
                        .connectionPerRequest()
                        .chunkedRequests()
                        .gzipRequests()
                        .build()) {
            acs.ask(Rpcs.getRpcMethods());

            success(cpe.informNow("2 PERIODIC"));

            assertThat(acs.heard()).extracting(Heard::connection).doesNotHaveDuplicates();
        }
    }

    @Test
    void asksTheAcsForItsMethodsWhenTold() {
        try (ScriptedAcs acs = ScriptedAcs.start();
                SimulatedCpe cpe = quiet(acs).asksRpcMethods().build()) {
            assertThat(success(cpe.informNow("2 PERIODIC")).sent()).containsExactly("Inform", "GetRPCMethods", "");
        }
    }

    @Test
    void failsOnXmlItCannotRead() {
        try (ScriptedAcs acs = ScriptedAcs.start();
                SimulatedCpe cpe = quiet(acs).build()) {
            acs.answerNext(200, new Headers(), "<a><b></a>");

            assertThat(await(cpe.informNow("2 PERIODIC")).whyFailed().orElseThrow())
                    .startsWith("unreadable answer");
        }
    }

    @Test
    void followsARedirect() {
        try (ScriptedAcs here = ScriptedAcs.start();
                ScriptedAcs there = ScriptedAcs.start();
                SimulatedCpe cpe = quiet(here).build()) {
            here.answerNext(307, new Headers().add("Location", there.uri().toString()), "");

            success(cpe.informNow("2 PERIODIC"));

            assertThat(there.heard("Inform")).hasSize(1);
            assertThat(here.heard("Inform")).isEmpty();
        }
    }

    @Test
    void triesAFailedSessionAgainWithTheSameEventsAndARetryCount() {
        try (ScriptedAcs acs = ScriptedAcs.start();
                SimulatedCpe cpe = quiet(acs).retryScale(0.01).build()) {
            acs.answerNext(503, new Headers(), "");
            var second = cpe.nextSession(SessionReport::succeeded);
            await(cpe.informNow("2 PERIODIC"));

            success(second);

            assertThat(acs.last("Inform").events()).containsExactly("2 PERIODIC");
            assertThat(acs.last("Inform").payload().childText("RetryCount")).isEqualTo("1");
        }
    }

    @Test
    void informsPeriodicallyAtTheIntervalThatTheAcsSets() {
        try (ScriptedAcs acs = ScriptedAcs.start();
                SimulatedCpe cpe = quiet(acs).build()) {
            acs.ask(Rpcs.setParameterValue("Device.ManagementServer.PeriodicInformInterval", "xsd:unsignedInt", "1"));
            success(cpe.informNow("1 BOOT"));

            success(cpe.nextSessionWith("2 PERIODIC"));
            assertThat(success(cpe.nextSessionWith("2 PERIODIC")).events()).containsExactly("2 PERIODIC");
        }
    }

    @Test
    void tellsAnActiveNotificationAtOnce() {
        try (ScriptedAcs acs = ScriptedAcs.start();
                SimulatedCpe cpe = quiet(acs).build()) {
            acs.ask(Rpcs.setNotification("Device.WiFi.SSID.1.SSID", 2));
            success(cpe.informNow("2 PERIODIC"));
            var told = cpe.nextSession();

            cpe.change("Device.WiFi.SSID.1.SSID", "by-the-user");

            assertThat(success(told).events()).containsExactly("4 VALUE CHANGE");
            assertThat(acs.last("Inform").values()).containsEntry("Device.WiFi.SSID.1.SSID", "by-the-user");
        }
    }

    @Test
    void movesToAnotherAcsWithABootstrap() {
        try (ScriptedAcs old = ScriptedAcs.start();
                ScriptedAcs next = ScriptedAcs.start();
                SimulatedCpe cpe = quiet(old).build()) {
            old.ask(Rpcs.setParameterValues(
                    Map.of("Device.ManagementServer.URL", next.uri().toString()), ""));
            var moved = cpe.nextSessionWith("0 BOOTSTRAP");
            success(cpe.informNow("2 PERIODIC"));

            success(moved);

            assertThat(next.last("Inform").events()).containsExactly("0 BOOTSTRAP");
        }
    }

    @Test
    void answersAConnectionRequestWithASession() throws Exception {
        try (ScriptedAcs acs = ScriptedAcs.start();
                SimulatedCpe cpe = quiet(acs).build()) {
            var session = cpe.nextSession();

            HttpReply reply = connectionRequest(cpe, cpe.identity().deviceId(), "factory-HW000042");

            assertThat(reply.status()).isEqualTo(200);
            assertThat(success(session).events()).containsExactly("6 CONNECTION REQUEST");
        }
    }

    @Test
    void refusesAConnectionRequestWithAWrongPassword() throws Exception {
        try (ScriptedAcs acs = ScriptedAcs.start();
                SimulatedCpe cpe = quiet(acs).build()) {
            assertThat(connectionRequest(cpe, cpe.identity().deviceId(), "wrong")
                            .status())
                    .isEqualTo(401);
            assertThat(cpe.pendingEvents()).isEmpty();
        }
    }

    @Test
    void servesAConnectionRequestAfterTheRunningSession() throws Exception {
        try (ScriptedAcs acs = ScriptedAcs.start();
                SimulatedCpe cpe = quiet(acs).build()) {
            cpe.onRpc(call -> {
                int status = requestQuietly(cpe);
                return status == 200 ? RpcAction.answer() : RpcAction.fault(9002);
            });
            acs.ask(Rpcs.getRpcMethods());
            var second = cpe.nextSessionWith("6 CONNECTION REQUEST");

            SessionReport first = success(cpe.informNow("2 PERIODIC"));

            assertThat(first.faults()).isEmpty();
            assertThat(success(second).events()).containsExactly("6 CONNECTION REQUEST");
        }
    }

    @Test
    void turnsAConnectionRequestDownDuringASessionWhereThatIsThePolicy() {
        try (ScriptedAcs acs = ScriptedAcs.start();
                SimulatedCpe cpe =
                        quiet(acs).duringSession(DuringSession.REJECT).build()) {
            cpe.onRpc(call -> requestQuietly(cpe) == 503 ? RpcAction.answer() : RpcAction.fault(9002));
            acs.ask(Rpcs.getRpcMethods());

            assertThat(success(cpe.informNow("2 PERIODIC")).faults()).isEmpty();
        }
    }

    @Test
    void letsAHookAnswerInItsPlace() {
        try (ScriptedAcs acs = ScriptedAcs.start();
                SimulatedCpe cpe = quiet(acs).build()) {
            acs.ask(Rpcs.getRpcMethods(), Rpcs.reboot("never"));
            cpe.onRpc(call ->
                    call.method().equals("Reboot") ? RpcAction.fault(9001) : RpcAction.delay(Duration.ofMillis(20)));

            SessionReport report = success(cpe.informNow("2 PERIODIC"));

            assertThat(report.faults()).containsExactly(9001);
            assertThat(cpe.isDown()).isFalse();
        }
    }

    @Test
    void canDropTheConnectionInTheMiddle() {
        try (ScriptedAcs acs = ScriptedAcs.start();
                SimulatedCpe cpe =
                        quiet(acs).onRpc(call -> RpcAction.dropConnection()).build()) {
            acs.ask(Rpcs.getRpcMethods());

            assertThat(await(cpe.informNow("2 PERIODIC")).whyFailed())
                    .contains("dropped the connection on GetRPCMethods");
        }
    }

    @Test
    void mirrorsTheIdOfEachRequest() {
        try (ScriptedAcs acs = ScriptedAcs.start();
                SimulatedCpe cpe = quiet(acs).build()) {
            acs.ask(Rpcs.getRpcMethods(), Rpcs.getParameterNames("", true));

            success(cpe.informNow("2 PERIODIC"));

            assertThat(acs.last("GetRPCMethodsResponse").envelope().id()).isEqualTo("acs-2");
            assertThat(acs.last("GetParameterNamesResponse").envelope().id()).isEqualTo("acs-3");
            assertThat(acs.last("Inform").payload().children())
                    .extracting(Element::name)
                    .startsWith("DeviceId");
        }
    }

    private static int requestQuietly(SimulatedCpe cpe) {
        try {
            return connectionRequest(cpe, cpe.identity().deviceId(), "factory-HW000042")
                    .status();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static HttpReply connectionRequest(SimulatedCpe cpe, String username, String password)
            throws java.io.IOException {
        URI uri = cpe.connectionRequestUrl();
        try (HttpConnection connection = HttpConnection.open(uri, Duration.ofSeconds(5), null)) {
            Headers headers = new Headers().add("Host", uri.getAuthority());
            HttpReply challenge = connection.exchange("GET", uri.getPath(), headers, new byte[0]);
            assertThat(challenge.status()).isEqualTo(401);
            String answer = DigestClient.answering(challenge, username, password)
                    .orElseThrow()
                    .authorization("GET", uri.getPath());
            headers.add("Authorization", answer);
            return connection.exchange("GET", uri.getPath(), headers, new byte[0]);
        }
    }
}

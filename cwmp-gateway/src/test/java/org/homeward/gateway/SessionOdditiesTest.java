package org.homeward.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.homeward.backends.testing.SharedBackends;
import org.homeward.contracts.PlanId;
import org.homeward.contracts.plan.Action;
import org.homeward.contracts.plan.GatewayCommand.EndSession;
import org.homeward.contracts.plan.GatewayCommand.SessionPlan;
import org.homeward.contracts.rpc.Rpc;
import org.homeward.contracts.rpc.RpcResult;
import org.homeward.contracts.session.InformEvent;
import org.homeward.contracts.session.SessionEvent.AutonomousDUStateChangeCompleted;
import org.homeward.contracts.session.SessionEvent.AutonomousTransferCompleted;
import org.homeward.contracts.session.SessionEvent.DUStateChangeCompleted;
import org.homeward.contracts.session.SessionEvent.InformReceived;
import org.homeward.contracts.session.SessionEvent.PlanRefused;
import org.homeward.contracts.session.SessionEvent.RpcCompleted;
import org.homeward.contracts.session.SessionEvent.SessionClosed;
import org.homeward.contracts.session.SessionEvent.SessionClosed.Reason;
import org.homeward.contracts.session.SessionEvent.TransferCompleted;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What real CPEs do that the text book does not, each over the wire, with Kafka behind. */
class SessionOdditiesTest {

    private static final String REBOOTED = "<cwmp:RebootResponse/>";
    private static GatewayFixture fixture;

    @BeforeAll
    static void start() {
        fixture = new GatewayFixture(
                SharedBackends.kafkaBootstrapServers(), "open", "true", "plan-timeout", "2s", "idle-timeout", "3s");
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @BeforeEach
    void bored() {
        fixture.brain.bored();
    }

    private static RawCpe cpe(String serial) {
        return new RawCpe(fixture.port(), serial);
    }

    /** Another device has a whole session, to show that nothing is harmed. */
    private static void anotherSessionGoesWell() {
        try (RawCpe other = cpe("BYSTANDER" + System.nanoTime())) {
            assertThat(other.inform("2 PERIODIC").status()).isEqualTo(200);
            assertThat(other.empty().status()).isEqualTo(204);
            assertThat(fixture.brain.closed(other.key()).reason()).isEqualTo(Reason.COMPLETED);
        }
    }

    // --- empty POSTs and answers -------------------------------------------------------------------------------

    @Test
    void anEmptyPostBeforeTheInformIsSentAway() {
        try (RawCpe cpe = cpe("EMPTYFIRST")) {
            assertThat(cpe.empty().status()).isEqualTo(204);
            assertThat(cpe.inform("1 BOOT").status()).isEqualTo(200);
            assertThat(cpe.empty().status()).isEqualTo(204);
            assertThat(fixture.brain.closed(cpe.key()).reason()).isEqualTo(Reason.COMPLETED);
        }
    }

    @Test
    void anEmptyPostInsteadOfAnAnswerGetsTheSameRpcAgain() {
        fixture.brain.calls(new Rpc.GetRPCMethods(), new Rpc.CancelTransfer("key"));
        try (RawCpe cpe = cpe("EMPTYBEFOREANSWER")) {
            cpe.inform("1 BOOT");
            var first = cpe.empty();
            var again = cpe.empty();
            var second = cpe.post(RawCpe.envelope(first.id(), "<cwmp:GetRPCMethodsResponse/>"));
            var secondAgain = cpe.empty();
            var end = cpe.post(RawCpe.envelope(second.id(), "<cwmp:CancelTransferResponse/>"));

            assertThat(again.body()).isEqualTo(first.body()).contains("GetRPCMethods");
            assertThat(secondAgain.body()).isEqualTo(second.body()).contains("CancelTransfer");
            assertThat(end.status()).isEqualTo(204);
            assertThat(fixture.brain.closed(cpe.key()).rpcs()).isEqualTo(2);
            assertThat(fixture.brain.of(cpe.key(), RpcCompleted.class))
                    .extracting(RpcCompleted::method)
                    .containsExactly("GetRPCMethods", "CancelTransfer");
        }
    }

    @Test
    void anAnswerWithAWrongIdGetsTheSameRpcAgain() {
        fixture.brain.calls(new Rpc.CancelTransfer("key"));
        try (RawCpe cpe = cpe("WRONGID")) {
            cpe.inform("1 BOOT");
            var rpc = cpe.empty();
            var again = cpe.post(RawCpe.envelope("somebody-elses", "<cwmp:CancelTransferResponse/>"));
            var end = cpe.post(RawCpe.envelope(rpc.id(), "<cwmp:CancelTransferResponse/>"));

            assertThat(again.body()).isEqualTo(rpc.body());
            assertThat(end.status()).isEqualTo(204);
            assertThat(fixture.count("homeward.cwmp.oddities", "what", "WRONG_ID"))
                    .isPositive();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ANOTHERS"})
    void whatMustNotHappenTwiceIsNotSentAgain(String wrongId) {
        fixture.brain.calls(new Rpc.AddObject("Device.Table.", "key"), new Rpc.GetRPCMethods());
        try (RawCpe cpe = cpe("NOTTWICE" + wrongId)) {
            cpe.inform("1 BOOT");
            var rpc = cpe.empty();
            var end = wrongId.isEmpty()
                    ? cpe.empty()
                    : cpe.post(RawCpe.envelope(
                            wrongId,
                            "<cwmp:AddObjectResponse><InstanceNumber>3</InstanceNumber>"
                                    + "<Status>0</Status></cwmp:AddObjectResponse>"));

            assertThat(rpc.body()).contains("AddObject");
            assertThat(end.status()).isEqualTo(204);
            assertThat(fixture.brain.closed(cpe.key()).reason()).isEqualTo(Reason.PROTOCOL_ERROR);
            assertThat(fixture.brain.of(cpe.key(), RpcCompleted.class))
                    .singleElement()
                    .satisfies(done -> assertThat(done.result()).isInstanceOf(RpcResult.Unanswered.class));
        }
    }

    @Test
    void aCpeThatNeverAnswersIsGivenUp() {
        fixture.brain.calls(new Rpc.CancelTransfer("key"));
        try (RawCpe cpe = cpe("NEVERANSWERS")) {
            cpe.inform("1 BOOT");
            int posts = 0;
            int status = cpe.empty().status();
            while (status == 200 && posts++ < 20) {
                status = cpe.empty().status();
            }

            assertThat(status).isEqualTo(400);
            assertThat(fixture.brain.closed(cpe.key()).reason()).isEqualTo(Reason.PROTOCOL_ERROR);
            assertThat(fixture.brain.sees(cpe.key(), RpcCompleted.class).result())
                    .isInstanceOf(RpcResult.Unanswered.class);
        }
    }

    @Test
    void anAnswerWithoutIdIsTaken() {
        fixture.brain.calls(new Rpc.Reboot("key"));
        try (RawCpe cpe = cpe("NOID")) {
            cpe.inform("1 BOOT");
            cpe.empty();
            var end = cpe.post(RawCpe.envelope("x", REBOOTED).replaceAll("<soap:Header>.*</soap:Header>", ""));

            assertThat(end.status()).isEqualTo(204);
        }
    }

    @Test
    void anAnswerToNothingEndsTheSessionAndNoOther() {
        try (RawCpe cpe = cpe("TONOTHING")) {
            cpe.inform("1 BOOT");
            var refused = cpe.post(RawCpe.envelope("1", REBOOTED));

            assertThat(refused.status()).isEqualTo(400);
            assertThat(fixture.brain.closed(cpe.key()).reason()).isEqualTo(Reason.PROTOCOL_ERROR);
            assertThat(fixture.count("homeward.cwmp.oddities", "what", "ANSWER_TO_NOTHING"))
                    .isPositive();
        }
        anotherSessionGoesWell();
    }

    @Test
    void anAnswerOutsideOfASessionIsRefused() {
        try (RawCpe cpe = cpe("NOSESSION")) {
            assertThat(cpe.post(RawCpe.envelope("1", REBOOTED)).status()).isEqualTo(400);
        }
    }

    @Test
    void aFaultIsAnAnswer() {
        fixture.brain.calls(new Rpc.GetParameterValues(List.of("Device.Nowhere")));
        try (RawCpe cpe = cpe("FAULT")) {
            cpe.inform("1 BOOT");
            var rpc = cpe.empty();
            cpe.post(
                    RawCpe.envelope(
                            rpc.id(),
                            "<soap:Fault><faultcode>Client</faultcode><faultstring>CWMP fault</faultstring><detail><cwmp:Fault>"
                                    + "<FaultCode>9005</FaultCode><FaultString>no</FaultString></cwmp:Fault></detail></soap:Fault>"));

            assertThat(fixture.brain.sees(cpe.key(), RpcCompleted.class).result())
                    .isEqualTo(new RpcResult.Fault(9005, "no", List.of()));
            assertThat(fixture.brain.closed(cpe.key()).faults()).isEqualTo(1);
        }
    }

    // --- cookies and connections -------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(strings = {"%s", "%s; Path=/; HttpOnly", "Path=/; %s", "other=1; %s", "Path=/,%s", "$Version=1; %s"})
    void findsTheCookieAsCpesReturnIt(String form) {
        fixture.brain.calls(new Rpc.Reboot("key"));
        try (RawCpe cpe = cpe("COOKIE" + Math.abs(form.hashCode()))) {
            cpe.inform("1 BOOT");
            cpe.cookie(form.formatted(cpe.cookie())).reconnect();
            var rpc = cpe.empty();
            var end = cpe.reconnect().post(RawCpe.envelope(rpc.id(), REBOOTED));

            assertThat(rpc.status()).isEqualTo(200);
            assertThat(end.status()).isEqualTo(204);
        }
    }

    @Test
    void aCpeWithoutCookiesHangsOnItsConnection() {
        fixture.brain.calls(new Rpc.Reboot("key"));
        try (RawCpe cpe = cpe("NOCOOKIE")) {
            cpe.inform("1 BOOT");
            cpe.cookie(null);
            var rpc = cpe.empty();
            var end = cpe.post(RawCpe.envelope(rpc.id(), REBOOTED));

            assertThat(end.status()).isEqualTo(204);
            assertThat(fixture.brain.closed(cpe.key()).reason()).isEqualTo(Reason.COMPLETED);
        }
    }

    @Test
    void theCookieIsShortAndSaysNothingOfTheDevice() {
        try (RawCpe cpe = cpe("SERIALNUMBER")) {
            var greeting = cpe.inform("1 BOOT");

            assertThat(greeting.header("Set-Cookie"))
                    .startsWith("hw=gw-test.")
                    .endsWith("; Path=/; HttpOnly")
                    .doesNotContain("SERIALNUMBER")
                    .hasSizeLessThan(80);
        }
    }

    @Test
    void aPostThatWaitsIsAnsweredOnTheConnectionOnWhichTheCpeComesBack() {
        CompletableFuture<Void> later = new CompletableFuture<>();
        fixture.brain.answers(inform -> {
            later.thenRun(() -> fixture.brain.send(
                    inform,
                    new SessionPlan(
                            inform.data().session(),
                            PlanId.random(),
                            List.of(ScriptedBrain.step(new Action.Call(new Rpc.Reboot("key")))),
                            true)));
            return List.of();
        });
        try (RawCpe cpe = cpe("HUNGUP")) {
            cpe.inform("1 BOOT");
            cpe.send(new byte[0]);
            cpe.reconnect().send(new byte[0]);
            later.complete(null);

            assertThat(cpe.receive().body()).contains("Reboot");
        }
    }

    @Test
    void anAnswerSaidAgainOverANewConnectionIsTakenOnce() {
        fixture.brain.calls(new Rpc.GetRPCMethods(), new Rpc.CancelTransfer("key"));
        try (RawCpe cpe = cpe("SAIDAGAIN")) {
            cpe.inform("1 BOOT");
            var first = cpe.empty();
            String answer = RawCpe.envelope(first.id(), "<cwmp:GetRPCMethodsResponse/>");
            var second = cpe.post(answer);
            var secondAgain = cpe.reconnect().post(answer);
            cpe.post(RawCpe.envelope(second.id(), "<cwmp:CancelTransferResponse/>"));

            assertThat(secondAgain.body()).isEqualTo(second.body());
            fixture.brain.closed(cpe.key());
            assertThat(fixture.brain.of(cpe.key(), RpcCompleted.class)).hasSize(2);
        }
    }

    // --- one session per device --------------------------------------------------------------------------------

    @Test
    void aSecondInformInTheSessionBeginsANewOne() {
        try (RawCpe cpe = cpe("SECONDINFORM")) {
            cpe.inform("1 BOOT");
            String first = cpe.cookie();
            var again = cpe.inform("1 BOOT", "4 VALUE CHANGE");

            assertThat(again.status()).isEqualTo(200);
            assertThat(cpe.cookie()).isNotEqualTo(first);
            assertThat(cpe.empty().status()).isEqualTo(204);
            fixture.brain.sees(cpe.key(), SessionClosed.class, closed -> closed.reason() == Reason.COMPLETED);
            assertThat(fixture.brain.of(cpe.key(), SessionClosed.class))
                    .extracting(SessionClosed::reason)
                    .containsExactly(Reason.SUPERSEDED, Reason.COMPLETED);
            assertThat(fixture.brain.of(cpe.key()))
                    .extracting(event -> event.getClass().getSimpleName())
                    .filteredOn(name -> !name.equals("PlanRefused"))
                    .containsExactly("InformReceived", "SessionClosed", "InformReceived", "SessionClosed");
        }
    }

    @Test
    void theNewerOfTwoConnectionsWins() {
        fixture.brain.answers(inform -> List.of());
        try (RawCpe older = cpe("TWICE");
                RawCpe newer = cpe("TWICE")) {
            older.inform("1 BOOT");
            older.send(new byte[0]);
            fixture.brain.calls(new Rpc.Reboot("key"));
            newer.inform("1 BOOT");
            var rpc = newer.empty();

            assertThat(older.receive().status())
                    .as("the older one, held for a plan")
                    .isEqualTo(204);
            assertThat(newer.post(RawCpe.envelope(rpc.id(), REBOOTED)).status()).isEqualTo(204);
            assertThat(older.empty().status()).isEqualTo(204);
        }
    }

    @Test
    void aDeviceThatVanishesAndComesBackAtOnceIsServed() {
        try (RawCpe cpe = cpe("VANISHES")) {
            for (int i = 0; i < 5; i++) {
                assertThat(cpe.inform("1 BOOT").status()).isEqualTo(200);
                cpe.cookie(null).reconnect();
            }
            cpe.inform("1 BOOT");
            assertThat(cpe.empty().status()).isEqualTo(204);
            fixture.brain.sees(cpe.key(), SessionClosed.class, closed -> closed.reason() == Reason.COMPLETED);
            assertThat(fixture.brain.of(cpe.key(), SessionClosed.class))
                    .filteredOn(closed -> closed.reason() == Reason.SUPERSEDED)
                    .hasSize(5);
        }
    }

    @Test
    void aCpeThatFallsSilentIsClosed() {
        try (RawCpe cpe = cpe("SILENT")) {
            cpe.inform("1 BOOT");

            assertThat(fixture.brain.closed(cpe.key()).reason()).isEqualTo(Reason.TIMED_OUT);
            assertThat(cpe.empty().status()).isEqualTo(204);
        }
    }

    // --- requests of the CPE -----------------------------------------------------------------------------------

    @Test
    void transfersAreKeptBeforeTheyAreAnswered() {
        fixture.brain.calls(new Rpc.Reboot("key"));
        try (RawCpe cpe = cpe("TRANSFER")) {
            cpe.inform("7 TRANSFER COMPLETE", "M Download", "1 BOOT");
            var first = cpe.post(
                    RawCpe.envelope(
                            "t1",
                            "<cwmp:TransferComplete><CommandKey>fw</CommandKey><FaultStruct><FaultCode>0</FaultCode><FaultString/></FaultStruct>"
                                    + "<StartTime>2026-11-21T10:00:00Z</StartTime><CompleteTime>2026-11-21T10:01:00Z</CompleteTime></cwmp:TransferComplete>"));
            var second = cpe.post(RawCpe.envelope(
                    "t2",
                    "<cwmp:AutonomousTransferComplete><AnnounceURL/><TransferURL>http://x/y</TransferURL><IsDownload>1</IsDownload>"
                            + "<FileType>1 Firmware Upgrade Image</FileType><FileSize>5</FileSize><TargetFileName/><FaultStruct>"
                            + "<FaultCode>9010</FaultCode><FaultString>no</FaultString></FaultStruct><StartTime>0001-01-01T00:00:00Z</StartTime>"
                            + "<CompleteTime>0001-01-01T00:00:00Z</CompleteTime></cwmp:AutonomousTransferComplete>"));
            var rpc = cpe.empty();

            assertThat(first.body()).contains("<cwmp:TransferCompleteResponse>");
            assertThat(first.id()).isEqualTo("t1");
            assertThat(second.body()).contains("<cwmp:AutonomousTransferCompleteResponse>");
            assertThat(rpc.body()).contains("Reboot");
            assertThat(fixture.brain.sees(cpe.key(), TransferCompleted.class).commandKey())
                    .isEqualTo("fw");
            assertThat(fixture.brain
                            .sees(cpe.key(), AutonomousTransferCompleted.class)
                            .faultCode())
                    .isEqualTo(9010);
        }
    }

    @Test
    void whatBecameOfDeploymentUnitsIsKeptBeforeItIsAnswered() {
        String result = "<Results><UUID>6f1c1d0e-3f7c-4a55-9a3a-0d4b5a6c7d8e</UUID><DeploymentUnitRef/><Version/>"
                + "<CurrentState>Failed</CurrentState><Resolved>0</Resolved><ExecutionUnitRefList/><StartTime/>"
                + "<CompleteTime/><Fault><FaultCode>9022</FaultCode><FaultString/></Fault></Results>";
        try (RawCpe cpe = cpe("UNITS")) {
            cpe.inform("11 DU STATE CHANGE COMPLETE", "M ChangeDUState");
            var asked = cpe.post(RawCpe.envelope(
                    "d1",
                    "<cwmp:DUStateChangeComplete>" + result
                            + "<CommandKey>units</CommandKey></cwmp:DUStateChangeComplete>"));
            var autonomous = cpe.post(RawCpe.envelope(
                    "d2",
                    "<cwmp:AutonomousDUStateChangeComplete>" + result + "</cwmp:AutonomousDUStateChangeComplete>"));

            assertThat(asked.body()).contains("<cwmp:DUStateChangeCompleteResponse>");
            assertThat(asked.id()).isEqualTo("d1");
            assertThat(autonomous.body()).contains("<cwmp:AutonomousDUStateChangeCompleteResponse>");
            DUStateChangeCompleted kept = fixture.brain.sees(cpe.key(), DUStateChangeCompleted.class);
            assertThat(kept.commandKey()).isEqualTo("units");
            assertThat(kept.results().getFirst().faultCode()).isEqualTo(9022);
            assertThat(fixture.brain
                            .sees(cpe.key(), AutonomousDUStateChangeCompleted.class)
                            .results())
                    .hasSize(1);
        }
    }

    @Test
    void aRequestInTheMiddleOfAnRpcIsAnsweredAndTheRpcStays() {
        fixture.brain.calls(new Rpc.Reboot("key"));
        try (RawCpe cpe = cpe("MIDDLE")) {
            cpe.inform("1 BOOT");
            var rpc = cpe.empty();
            var methods = cpe.post(RawCpe.envelope("m1", "<cwmp:GetRPCMethods/>"));
            var end = cpe.post(RawCpe.envelope(rpc.id(), REBOOTED));

            assertThat(methods.body())
                    .contains("<string>Inform</string>", "<string>TransferComplete</string>", "GetRPCMethodsResponse");
            assertThat(end.status()).isEqualTo(204);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"RequestDownload", "Kicked", "X_Odd"})
    void methodsThatAreNotServedGetFault8000AndTheSessionGoesOn(String method) {
        try (RawCpe cpe = cpe("M" + method)) {
            cpe.inform("1 BOOT");
            var fault = cpe.post(
                    RawCpe.envelope("r1", "<cwmp:" + method + "><FileType>1</FileType></cwmp:" + method + ">"));

            assertThat(fault.status()).isEqualTo(200);
            assertThat(fault.body()).contains("<FaultCode>8000</FaultCode>", "<faultstring>CWMP fault</faultstring>");
            assertThat(fault.id()).isEqualTo("r1");
            assertThat(cpe.empty().status()).isEqualTo(204);
            assertThat(fixture.count("homeward.cwmp.oddities", "what", "UNKNOWN_METHOD"))
                    .isPositive();
        }
    }

    @Test
    void bootstrapAndBootAreBothKept() {
        try (RawCpe cpe = cpe("BOTH")) {
            cpe.inform("0 BOOTSTRAP", "1 BOOT");

            assertThat(fixture.brain.sees(cpe.key(), InformReceived.class).events())
                    .containsExactly(new InformEvent("0 BOOTSTRAP", ""), new InformEvent("1 BOOT", ""));
        }
    }

    @Test
    void idAndNamespaceAreMirrored() {
        try (RawCpe cpe = cpe("MIRROR")) {
            var greeting = cpe.post(cpe.informXml("a &amp; b", "1 BOOT").replace("cwmp-1-0", "cwmp-1-4"));

            assertThat(greeting.id()).isEqualTo("a &amp; b");
            assertThat(greeting.body()).contains("xmlns:cwmp=\"urn:dslforum-org:cwmp-1-4\"");
        }
    }

    @Test
    void anInformWithoutHeaderIsAnsweredWithoutId() {
        try (RawCpe cpe = cpe("HEADLESS")) {
            var greeting = cpe.post(cpe.informXml("1", "1 BOOT").replaceAll("<soap:Header>.*</soap:Header>", ""));

            assertThat(greeting.status()).isEqualTo(200);
            assertThat(greeting.body()).doesNotContain("cwmp:ID").contains("InformResponse");
        }
    }

    // --- XML that is none --------------------------------------------------------------------------------------

    @Test
    void whatNobodyCanReadEndsTheSessionAndNoOther() {
        try (RawCpe cpe = cpe("MALFORMED")) {
            cpe.inform("1 BOOT");
            var refused = cpe.post("<soap:Envelope><broken");

            assertThat(refused.status()).isEqualTo(400);
            assertThat(fixture.brain.closed(cpe.key()).reason()).isEqualTo(Reason.PROTOCOL_ERROR);
            assertThat(fixture.count("homeward.cwmp.oddities", "what", "UNREADABLE"))
                    .isPositive();
        }
        anotherSessionGoesWell();
    }

    @Test
    void anInformOfNoDeviceGetsAFault() {
        try (RawCpe cpe = cpe("NODEVICE")) {
            var fault = cpe.post(cpe.informXml("7", "1 BOOT").replace("<OUI>00AABB</OUI>", "<OUI></OUI>"));

            assertThat(fault.status()).isEqualTo(200);
            assertThat(fault.body()).contains("<FaultCode>8003</FaultCode>");
            assertThat(fault.id()).isEqualTo("7");
        }
    }

    @Test
    void anEntityBombIsRefusedAndHarmsNobody() {
        String bomb =
                "<?xml version=\"1.0\"?><!DOCTYPE b [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">"
                        + "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d SYSTEM \"file:///etc/passwd\">]><soap:Envelope "
                        + "xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"><soap:Body>&c;&d;</soap:Body></soap:Envelope>";
        try (RawCpe cpe = cpe("BOMB")) {
            var refused = cpe.post(bomb);

            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.body()).doesNotContain("root:");
        }
        anotherSessionGoesWell();
    }

    // --- plans -------------------------------------------------------------------------------------------------

    @Test
    void withoutAPlanTheCpeIsSentAwayAndALatePlanIsRefused() {
        fixture.brain.stop();
        try (RawCpe cpe = cpe("NOPLAN")) {
            cpe.inform("1 BOOT");
            long began = System.nanoTime();
            var end = cpe.empty();
            Duration waited = Duration.ofNanos(System.nanoTime() - began);
            var inform = fixture.brain.inform(cpe.key());
            var late = new SessionPlan(
                    inform.data().session(),
                    PlanId.random(),
                    List.of(ScriptedBrain.step(new Action.Call(new Rpc.Reboot("key")))),
                    true);
            fixture.brain.send(inform, late);

            assertThat(end.status()).isEqualTo(204);
            assertThat(waited).isBetween(Duration.ofMillis(1_500), Duration.ofSeconds(6));
            assertThat(fixture.brain.closed(cpe.key()).reason()).isEqualTo(Reason.NO_PLAN);
            var refused = fixture.brain.sees(cpe.key(), PlanRefused.class);
            assertThat(refused.plan()).isEqualTo(late.plan());
            assertThat(refused.commands())
                    .containsExactly(late.steps().getFirst().command());
        }
    }

    @Test
    void plansOfASessionArePlayedOneAfterTheOther() {
        fixture.brain.answers(inform -> List.of(
                new SessionPlan(
                        inform.data().session(),
                        PlanId.random(),
                        List.of(ScriptedBrain.step(new Action.Call(new Rpc.GetRPCMethods()))),
                        false),
                new SessionPlan(
                        inform.data().session(),
                        PlanId.random(),
                        List.of(ScriptedBrain.step(new Action.Call(new Rpc.Reboot("key")))),
                        true)));
        try (RawCpe cpe = cpe("TWOPLANS")) {
            cpe.inform("1 BOOT");
            var first = cpe.empty();
            var second = cpe.post(RawCpe.envelope(first.id(), "<cwmp:GetRPCMethodsResponse/>"));
            var end = cpe.post(RawCpe.envelope(second.id(), REBOOTED));

            assertThat(first.body()).contains("GetRPCMethods");
            assertThat(second.body()).contains("Reboot");
            assertThat(end.status()).isEqualTo(204);
        }
    }

    @Test
    void aPlanThatIsNotTheLastIsFollowedByAWait() {
        fixture.brain.answers(inform -> List.of(new SessionPlan(
                inform.data().session(),
                PlanId.random(),
                List.of(ScriptedBrain.step(new Action.Call(new Rpc.GetRPCMethods()))),
                false)));
        try (RawCpe cpe = cpe("NOTLAST")) {
            cpe.inform("1 BOOT");
            var first = cpe.empty();
            cpe.send(RawCpe.envelope(first.id(), "<cwmp:GetRPCMethodsResponse/>")
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8));
            fixture.brain.sees(cpe.key(), RpcCompleted.class);
            var inform = fixture.brain.inform(cpe.key());
            fixture.brain.send(
                    inform,
                    new SessionPlan(
                            inform.data().session(),
                            PlanId.random(),
                            List.of(ScriptedBrain.step(new Action.Call(new Rpc.Reboot("key")))),
                            true));

            assertThat(cpe.receive().body()).contains("Reboot");
        }
    }

    @Test
    void theBrainCanEndASession() {
        fixture.brain.answers(inform -> List.of());
        try (RawCpe cpe = cpe("ENDED")) {
            cpe.inform("1 BOOT");
            cpe.send(new byte[0]);
            var inform = fixture.brain.inform(cpe.key());
            fixture.brain.send(inform, new EndSession(inform.data().session(), "a newer one has begun"));

            assertThat(cpe.receive().status()).isEqualTo(204);
            assertThat(fixture.brain.closed(cpe.key()).reason()).isEqualTo(Reason.SUPERSEDED);
        }
    }

    @Test
    void anRpcThatCannotBeSaidIsAFaultAndThePlanGoesOn() {
        fixture.brain.calls(new Rpc.Reboot("k".repeat(33)), new Rpc.Reboot("key"));
        try (RawCpe cpe = cpe("UNSAYABLE")) {
            cpe.inform("1 BOOT");
            var rpc = cpe.empty();

            assertThat(rpc.body()).contains("<CommandKey>key</CommandKey>");
            await().untilAsserted(() -> assertThat(fixture.brain.of(cpe.key(), RpcCompleted.class))
                    .singleElement()
                    .satisfies(done -> assertThat(done.result()).isInstanceOf(RpcResult.Fault.class)));
        }
    }

    @Test
    void whatRepeatingWouldShowIsAnnouncedBeforeItLeaves() {
        fixture.brain.calls(new Rpc.GetRPCMethods(), new Rpc.AddObject("Device.Table.", "key"));
        try (RawCpe cpe = cpe("ANNOUNCED")) {
            cpe.inform("1 BOOT");
            var first = cpe.empty();
            var second = cpe.post(RawCpe.envelope(first.id(), "<cwmp:GetRPCMethodsResponse/>"));
            cpe.post(
                    RawCpe.envelope(
                            second.id(),
                            "<cwmp:AddObjectResponse><InstanceNumber>3</InstanceNumber><Status>0</Status></cwmp:AddObjectResponse>"));

            fixture.brain.closed(cpe.key());
            assertThat(fixture.brain.of(cpe.key()))
                    .extracting(event -> event.getClass().getSimpleName())
                    .containsExactly(
                            "InformReceived", "RpcCompleted", "RpcDispatched", "RpcCompleted", "SessionClosed");
        }
    }
}

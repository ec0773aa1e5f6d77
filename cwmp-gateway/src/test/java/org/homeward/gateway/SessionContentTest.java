package org.homeward.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.homeward.backends.testing.SharedBackends;
import org.homeward.contracts.DeviceId;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.TenantId;
import org.homeward.contracts.plan.Action;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.Rpc;
import org.homeward.contracts.rpc.RpcResult;
import org.homeward.contracts.rpc.ValueType;
import org.homeward.contracts.session.SessionEvent.InformReceived;
import org.homeward.contracts.session.SessionEvent.RpcCompleted;
import org.homeward.contracts.session.SessionTranscript;
import org.homeward.contracts.session.SessionTranscript.Line;
import org.homeward.kit.json.PackedLines;
import org.homeward.simulator.SimulatedCpe;
import org.homeward.simulator.model.Models;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a session becomes known, and in which form: secrets, large answers, transcripts. */
class SessionContentTest {

    private static GatewayFixture fixture;

    @BeforeAll
    static void start() {
        fixture = new GatewayFixture(
                SharedBackends.kafkaBootstrapServers(), "open", "true", "traced", "00AABB-HG-TRACED");
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    private static String values(String path, String value) {
        return "<cwmp:GetParameterValuesResponse><ParameterList><ParameterValueStruct><Name>" + path
                + "</Name><Value xsi:type=\"xsd:string\">" + value
                + "</Value></ParameterValueStruct></ParameterList></cwmp:GetParameterValuesResponse>";
    }

    @Test
    void secretsOfAnInformTravelSealed() {
        fixture.brain.bored();
        try (RawCpe cpe = new RawCpe(fixture.port(), "SECRETINFORM")) {
            cpe.post(
                    cpe.informXml("1", "1 BOOT")
                            .replace(
                                    "</ParameterList>",
                                    "<ParameterValueStruct><Name>Device.WiFi.AccessPoint.1.Security.KeyPassphrase</Name>"
                                            + "<Value xsi:type=\"xsd:string\">hunter2</Value></ParameterValueStruct></ParameterList>"));

            assertThat(fixture.brain.sees(cpe.key(), InformReceived.class).parameters())
                    .contains(new ParameterValue(
                            "Device.WiFi.AccessPoint.1.Security.KeyPassphrase",
                            "sealed:aHVudGVyMg==",
                            ValueType.STRING,
                            true));
        }
    }

    @Test
    void aSecretIsOpenOnTheWireSealedInEventsAndMaskedInTheTranscript() {
        String path = "Device.WiFi.AccessPoint.1.Security.KeyPassphrase";
        var secret = new ParameterValue(path, "sealed:aHVudGVyMg==", ValueType.STRING, true);
        fixture.brain.does(new Action.WriteValues(List.of(secret), "key"));
        try (RawCpe cpe = new RawCpe(fixture.port(), "SECRETWRITE")) {
            cpe.inform("1 BOOT");
            var write = cpe.empty();
            var read = cpe.post(RawCpe.envelope(
                    write.id(),
                    "<cwmp:SetParameterValuesResponse><Status>0</Status></cwmp:SetParameterValuesResponse>"));
            cpe.post(RawCpe.envelope(read.id(), values(path, "hunter2")));

            assertThat(write.body()).contains("hunter2");
            var session = fixture.brain.sees(cpe.key(), InformReceived.class).session();
            fixture.brain.closed(cpe.key());
            assertThat(fixture.brain.of(cpe.key(), RpcCompleted.class))
                    .noneMatch(event -> String.valueOf(event.result()).contains("hunter2"))
                    .anySatisfy(event ->
                            assertThat(event.request()).isEqualTo(new Rpc.SetParameterValues(List.of(secret), "key")))
                    .anySatisfy(event -> assertThat(event.result()).isEqualTo(new RpcResult.Values(List.of(secret))));
            await().until(() -> !fixture.brain.transcript(session).isEmpty());
            assertThat(PackedLines.unpack(fixture.brain.transcript(session).getFirst())
                            .toString())
                    .doesNotContain("hunter2")
                    .contains(path);
        }
    }

    @Test
    void theTranscriptOfASessionThatWorkedHasEveryMessageInOrder() {
        fixture.brain.calls(new Rpc.Reboot("key"));
        try (RawCpe cpe = new RawCpe(fixture.port(), "TRANSCRIPT")) {
            cpe.inform("1 BOOT");
            var rpc = cpe.empty();
            cpe.post(RawCpe.envelope(rpc.id(), "<cwmp:RebootResponse/>"));

            var session = fixture.brain.sees(cpe.key(), InformReceived.class).session();
            await().until(() -> !fixture.brain.transcript(session).isEmpty());
            SessionTranscript only = fixture.brain.transcript(session).getFirst();
            assertThat(only.last()).isTrue();
            assertThat(PackedLines.unpack(only))
                    .extracting(Line::method)
                    .containsExactly("Inform", "InformResponse", "", "Reboot", "RebootResponse", "");
        }
    }

    @Test
    void aSessionThatDidNothingLeavesNoTranscriptUnlessTheDeviceIsTraced() {
        fixture.brain.bored();
        try (RawCpe idle = new RawCpe(fixture.port(), "UNTRACED");
                RawCpe traced = new RawCpe(fixture.port(), "TRACED")) {
            idle.inform("2 PERIODIC");
            idle.empty();
            traced.inform("2 PERIODIC");
            traced.empty();

            var session = fixture.brain.sees(traced.key(), InformReceived.class).session();
            await().until(() -> !fixture.brain.transcript(session).isEmpty());
            assertThat(fixture.brain.transcript(
                            fixture.brain.sees(idle.key(), InformReceived.class).session()))
                    .isEmpty();
        }
    }

    @Test
    void aLargeAnswerTravelsInParts() {
        fixture.brain.calls(new Rpc.GetParameterNames("", false));
        StringBuilder names = new StringBuilder("<cwmp:GetParameterNamesResponse><ParameterList>");
        for (int i = 0; i < 8_000; i++) {
            names.append("<ParameterInfoStruct><Name>InternetGatewayDevice.LANDevice.1.Hosts.Host.")
                    .append(i)
                    .append(".IPAddress</Name><Writable>0</Writable></ParameterInfoStruct>");
        }
        names.append("</ParameterList></cwmp:GetParameterNamesResponse>");
        try (RawCpe cpe = new RawCpe(fixture.port(), "LARGE")) {
            cpe.inform("1 BOOT");
            var rpc = cpe.empty();
            var end = cpe.post(RawCpe.envelope(rpc.id(), names.toString()));

            assertThat(end.status()).isEqualTo(204);
            var session = fixture.brain.closed(cpe.key()).session();
            var parts = fixture.brain.of(cpe.key(), RpcCompleted.class);
            assertThat(parts).hasSizeGreaterThan(2);
            assertThat(parts).extracting(RpcCompleted::part).isSorted();
            assertThat(parts).allSatisfy(part -> assertThat(part.parts()).isEqualTo(parts.size()));
            assertThat(parts.stream().filter(RpcCompleted::stepDone)).containsExactly(parts.getLast());
            assertThat(parts.stream()
                            .mapToInt(part -> ((RpcResult.Names) part.result())
                                    .parameters()
                                    .size())
                            .sum())
                    .isEqualTo(8_000);
            await().until(() -> fixture.brain.transcript(session).stream().anyMatch(SessionTranscript::last));
            String said = fixture.brain.transcript(session).stream()
                    .flatMap(part -> PackedLines.unpack(part).stream())
                    .map(Line::xml)
                    .collect(Collectors.joining());
            assertThat(said).contains("Host.0.IPAddress", "Host.7999.IPAddress");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 100})
    void readsTheWholeTreeOfACpeWhateverItsLimit(int cap) throws Exception {
        fixture.brain.does(new Action.ReadTree(List.of("")));
        var builder = SimulatedCpe.builder(fixture.url())
                .model(Models.tr181())
                .serial("TREE" + cap)
                .bootstrapped();
        try (SimulatedCpe cpe = (cap == 0 ? builder : builder.responseCap(cap)).start()) {
            var report = cpe.informNow("2 PERIODIC").get(60, TimeUnit.SECONDS);

            assertThat(report.whyFailed()).isEmpty();
            var key = new DeviceKey(
                    TenantId.DEFAULT,
                    new DeviceId(
                            cpe.identity().oui(),
                            cpe.identity().productClass(),
                            cpe.identity().serial()));
            // the CPE may know of the end of its session before the brain has heard of it
            var read = fixture.brain
                    .sees(key, RpcCompleted.class, completed -> completed.result() instanceof RpcResult.TreeRead)
                    .result();
            assertThat(read).isInstanceOfSatisfying(RpcResult.TreeRead.class, tree -> {
                assertThat(tree.missing()).isEmpty();
                assertThat(tree.parameters()).isGreaterThan(100);
            });
        }
    }
}

package org.homeward.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeward.simulator.Sessions.success;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.homeward.simulator.acs.Rpcs;
import org.homeward.simulator.acs.ScriptedAcs;
import org.homeward.simulator.diagnostic.Air;
import org.homeward.simulator.http.Headers;
import org.homeward.simulator.http.SmallHttpServer;
import org.homeward.simulator.http.SmallHttpServer.Answer;
import org.homeward.simulator.model.BaseModel;
import org.homeward.simulator.model.Models;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DiagnosticsTest {
    private static final String IP = "Device.IP.Diagnostics.";
    private static final String PING = IP + "IPPing.";
    private static final String SCAN = "Device.WiFi.NeighboringWiFiDiagnostic.";
    private final ScriptedAcs acs = ScriptedAcs.start();
    private final List<Integer> uploaded = new CopyOnWriteArrayList<>();
    private final SmallHttpServer server = SmallHttpServer.start(0, request -> switch (request.method()) {
        case "PUT" -> {
            uploaded.add(request.body().length);
            yield Answer.of(201);
        }
        default ->
            request.path().equals("/missing") ? Answer.of(404) : new Answer(200, new Headers(), new byte[300_000]);
    });
    private final List<SimulatedCpe> cpes = new ArrayList<>();
    private final SimulatedCpe cpe = cpe(Models.tr181());

    private SimulatedCpe cpe(BaseModel model) {
        SimulatedCpe made = SimulatedCpe.builder(acs.uri())
                .model(model)
                .serial("HW000007")
                .bootstrapped()
                .retryScale(0)
                .build();
        cpes.add(made);
        return made;
    }

    @AfterEach
    void close() {
        cpes.forEach(SimulatedCpe::close);
        acs.close();
        server.close();
    }

    /** @param inputs name, type and value by turns, without the state */
    private String run(SimulatedCpe device, String object, String... inputs) {
        List<String[]> values = new ArrayList<>();
        for (int i = 0; i < inputs.length; i += 3) {
            values.add(new String[] {object + inputs[i], "xsd:" + inputs[i + 1], inputs[i + 2]});
        }
        values.add(new String[] {object + "DiagnosticsState", "xsd:string", "Requested"});
        acs.ask(Rpcs.setTypedValues("", values.toArray(String[][]::new)));
        var done = device.nextSessionWith("8 DIAGNOSTICS COMPLETE");
        success(device.informNow("2 PERIODIC"));
        success(done);
        return device.value(object + "DiagnosticsState");
    }

    private int number(SimulatedCpe device, String path) {
        return Integer.parseInt(device.value(path));
    }

    @Test
    void pings() {
        assertThat(run(cpe, PING, "Host", "string", "192.0.2.1", "NumberOfRepetitions", "unsignedInt", "40"))
                .isEqualTo("Complete");

        assertThat(number(cpe, PING + "SuccessCount") + number(cpe, PING + "FailureCount"))
                .isEqualTo(40);
        assertThat(number(cpe, PING + "AverageResponseTime"))
                .isBetween(number(cpe, PING + "MinimumResponseTime"), number(cpe, PING + "MaximumResponseTime"))
                .isPositive();
    }

    @Test
    void doesNotFindAHostThatIsNone() {
        assertThat(run(cpe, PING, "Host", "string", "nobody.invalid")).isEqualTo("Error_CannotResolveHostName");
        assertThat(cpe.value(PING + "SuccessCount")).isEqualTo("0");
    }

    @Test
    void voidsOldResultsWhenAnInputChanges() {
        cpe.model().put(PING + "DiagnosticsState", "Complete");
        acs.ask(Rpcs.setParameterValues(Map.of(PING + "Host", "192.0.2.2"), ""));

        success(cpe.informNow("2 PERIODIC"));

        assertThat(cpe.value(PING + "DiagnosticsState")).isEqualTo("None");
    }

    @Test
    void tracesARouteHopByHop() {
        String object = IP + "TraceRoute.";

        assertThat(run(cpe, object, "Host", "string", "example.net")).isEqualTo("Complete");

        int hops = number(cpe, object + "RouteHopsNumberOfEntries");
        assertThat(hops).isBetween(4, 11);
        assertThat(cpe.value(object + "RouteHops." + hops + ".Host")).isEqualTo("example.net");
        assertThat(cpe.value(object + "RouteHops.1.RTTimes")).matches("\\d+,\\d+,\\d+");
    }

    @Test
    void aRouteThatIsTooLongEndsAtTheLimitAndReplacesTheOneBefore() {
        SimulatedCpe old = cpe(Models.tr098());
        String object = "InternetGatewayDevice.TraceRouteDiagnostics.";
        run(old, object, "Host", "string", "example.net");

        assertThat(run(old, object, "Host", "string", "example.net", "MaxHopCount", "unsignedInt", "2"))
                .isEqualTo("Error_MaxHopCountExceeded");

        assertThat(old.model().instances(object + "RouteHops.")).containsExactly(1, 2);
        assertThat(old.value(object + "RouteHops.2.HopRTTimes")).isNotEmpty();
    }

    @Test
    void measuresADownloadByDoingIt() {
        String object = IP + "DownloadDiagnostics.";

        assertThat(run(cpe, object, "DownloadURL", "string", "http://" + server.authority() + "/file"))
                .isEqualTo("Complete");

        assertThat(number(cpe, object + "TestBytesReceived")).isEqualTo(300_000);
        assertThat(Instant.parse(cpe.value(object + "BOMTime")))
                .isBetween(Instant.parse(cpe.value(object + "ROMTime")), Instant.parse(cpe.value(object + "EOMTime")));
    }

    @Test
    void saysWhyADownloadCouldNotBeMeasured() {
        String object = IP + "DownloadDiagnostics.";

        assertThat(run(cpe, object, "DownloadURL", "string", "http://" + server.authority() + "/missing"))
                .isEqualTo("Error_TransferFailed");
        assertThat(run(cpe, object, "DownloadURL", "string", "no url")).isEqualTo("Error_InitConnectionFailed");
    }

    @Test
    void measuresAnUploadByDoingIt() {
        SimulatedCpe old = cpe(Models.tr098());
        String object = "InternetGatewayDevice.UploadDiagnostics.";

        String state = run(
                old,
                object,
                "UploadURL",
                "string",
                "http://" + server.authority() + "/up",
                "TestFileLength",
                "unsignedInt",
                "50000");

        assertThat(state).isEqualTo("Completed");
        assertThat(uploaded).containsExactly(50_000);
        assertThat(number(old, object + "TotalBytesSent")).isGreaterThan(50_000);
    }

    @Test
    void hearsTheSameNeighboursEachTime() {
        assertThat(run(cpe, SCAN)).isEqualTo("Complete");
        int neighbours = number(cpe, SCAN + "ResultNumberOfEntries");
        String first = cpe.value(SCAN + "Result.1.BSSID");

        run(cpe, SCAN);

        assertThat(neighbours).isBetween(3, 12);
        assertThat(number(cpe, SCAN + "ResultNumberOfEntries")).isEqualTo(neighbours);
        assertThat(cpe.value(SCAN + "Result.1.BSSID")).isEqualTo(first);
        assertThat(number(cpe, SCAN + "Result.1.SignalStrength")).isBetween(-100, -40);
    }

    @Test
    void hearsWhatSomebodySaysIsOnTheAir() {
        SimulatedCpe listening = SimulatedCpe.builder(acs.uri())
                .serial("HW000008")
                .bootstrapped()
                .retryScale(0)
                .air(around -> Optional.of(
                        List.of(new Air.Network("next door", "06:00:00:00:00:01", "2.4GHz", 6, "20MHz", -48))))
                .build();
        cpes.add(listening);

        run(listening, SCAN);

        assertThat(number(listening, SCAN + "ResultNumberOfEntries")).isEqualTo(1);
        assertThat(listening.value(SCAN + "Result.1.BSSID")).isEqualTo("06:00:00:00:00:01");
        assertThat(listening.value(SCAN + "Result.1.Channel")).isEqualTo("6");
        assertThat(listening.value(SCAN + "Result.1.SignalStrength")).isEqualTo("-48");
    }
}

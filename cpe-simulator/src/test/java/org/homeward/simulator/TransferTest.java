package org.homeward.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeward.simulator.Sessions.success;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.homeward.simulator.acs.Rpcs;
import org.homeward.simulator.acs.ScriptedAcs;
import org.homeward.simulator.http.Headers;
import org.homeward.simulator.http.SmallHttpServer;
import org.homeward.simulator.http.SmallHttpServer.Answer;
import org.homeward.simulator.http.SmallHttpServer.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that a CPE fetches and sends, but for firmware. */
class TransferTest {
    private static final String SSID = "Device.WiFi.SSID.1.SSID";
    private static final String INTERVAL = "Device.ManagementServer.PeriodicInformInterval";
    private final ScriptedAcs acs = ScriptedAcs.start();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final SmallHttpServer files = SmallHttpServer.start(0, this::serveFile);
    private final SimulatedCpe cpe = SimulatedCpe.builder(acs.uri())
            .serial("HW000007")
            .bootstrapped()
            .bootTime(Duration.ofMillis(20))
            .retryScale(0)
            .build();
    private volatile String served = "";

    @AfterEach
    void close() {
        cpe.close();
        acs.close();
        files.close();
    }

    private Answer serveFile(Request request) {
        requests.add(request);
        return switch (request.path()) {
            case "/config" -> new Answer(200, new Headers(), served.getBytes(StandardCharsets.UTF_8));
            case "/third-time-lucky" -> requests.size() < 3 ? Answer.of(404) : Answer.of(200);
            case "/upload" -> Answer.of(201);
            default -> Answer.of(404);
        };
    }

    private String file(String path) {
        return "http://" + files.authority() + path;
    }

    private static String window(int start, int end, int retries) {
        return "<TimeWindowStruct><WindowStart>%d</WindowStart><WindowEnd>%d</WindowEnd><WindowMode>1 At Any Time</WindowMode><UserMessage/><MaxRetries>%d</MaxRetries></TimeWindowStruct>"
                .formatted(start, end, retries);
    }

    private static String scheduleDownload(String url, String... windows) {
        return "<cwmp:ScheduleDownload><CommandKey>win</CommandKey><FileType>2 Web Content</FileType><URL>" + url
                + "</URL><TimeWindowList>" + String.join("", windows) + "</TimeWindowList></cwmp:ScheduleDownload>";
    }

    private SessionReport after(String ask, String event) {
        acs.ask(ask);
        var done = cpe.nextSessionWith(event);
        success(cpe.informNow("2 PERIODIC"));
        return success(done);
    }

    private String faultOfTheTransfer() {
        return acs.last("TransferComplete")
                .payload()
                .child("FaultStruct")
                .orElseThrow()
                .childText("FaultCode");
    }

    @Test
    void uploadsItsConfigurationWithoutSecrets() {
        after(Rpcs.upload("up-1", "1 Vendor Configuration File", file("/upload")), "M Upload");

        assertThat(requests).singleElement().satisfies(r -> {
            assertThat(r.method()).isEqualTo("PUT");
            assertThat(r.text()).contains(SSID + "=Homeward-0007").doesNotContain("factory-");
        });
    }

    @Test
    void takesOverAConfigurationFileAndTellsWhatHasChanged() {
        cpe.model().notification(SSID, 2);
        served = SSID + "=a=b\n\n" + INTERVAL + "=1800\n";

        SessionReport report =
                after(Rpcs.download("cfg", "3 Vendor Configuration File", file("/config")), "7 TRANSFER COMPLETE");

        assertThat(report.events())
                .containsExactlyInAnyOrder("1 BOOT", "4 VALUE CHANGE", "7 TRANSFER COMPLETE", "M Download");
        assertThat(faultOfTheTransfer()).isEqualTo("0");
        assertThat(cpe.value(SSID)).isEqualTo("a=b");
        assertThat(cpe.value(INTERVAL)).isEqualTo("1800");
    }

    @Test
    void restoresWhatItUploaded() {
        after(Rpcs.upload("up-1", "1 Vendor Configuration File", file("/upload")), "M Upload");
        served = requests.getFirst().text();
        cpe.change(SSID, "spoilt");

        after(Rpcs.download("cfg", "3 Vendor Configuration File", file("/config")), "7 TRANSFER COMPLETE");

        assertThat(cpe.value(SSID)).isEqualTo("Homeward-0007");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "PK\u0003\u0004", SSID + "=new\nDevice.NoSuch=1", SSID + "=new\n" + INTERVAL + "=often"})
    void takesOverNothingOfAFileThatIsNoConfigurationOfItsOwn(String content) {
        served = content;

        after(Rpcs.download("cfg", "3 Vendor Configuration File", file("/config")), "7 TRANSFER COMPLETE");

        assertThat(faultOfTheTransfer()).isEqualTo("9018");
        assertThat(cpe.value(SSID)).isEqualTo("Homeward-0007");
    }

    @Test
    void downloadsInTheSecondTimeWindowWhatItCouldNotInTheFirst() {
        after(scheduleDownload(file("/third-time-lucky"), window(0, 1, 1), window(1, 2, 0)), "M ScheduleDownload");

        assertThat(requests).hasSize(3);
        assertThat(faultOfTheTransfer()).isEqualTo("0");
        assertThat(acs.last("TransferComplete").payload().childText("CommandKey"))
                .isEqualTo("win");
    }

    @Test
    void givesUpAfterTheLastTimeWindow() {
        after(scheduleDownload(file("/missing"), window(0, 1, 0), window(1, 2, 0)), "M ScheduleDownload");

        assertThat(requests).hasSize(2);
        assertThat(faultOfTheTransfer()).isEqualTo("9016");
    }

    @Test
    void refusesTimeWindowsThatItCouldNotKeepTo() {
        acs.ask(
                scheduleDownload(file("/config")),
                scheduleDownload(file("/config"), window(5, 5, 0)),
                scheduleDownload(file("/config"), window(0, 10, 0), window(5, 20, 0)),
                scheduleDownload(file("/config"), window(0, 1, 0), window(1, 2, 0), window(2, 3, 0)));

        assertThat(success(cpe.informNow("2 PERIODIC")).faults()).containsExactly(9003, 9003, 9003, 9003);
    }
}

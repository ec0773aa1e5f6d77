package org.homeward.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Takes the README's tour as a newcomer would: every command of it, in its order, in one shell, against a fresh house
 * with simulated CPEs that come with the factory credential.
 */
@Timeout(300)
class ReadmeTourIT {

    private static final Pattern BLOCK = Pattern.compile("```bash\n(.*?)```", Pattern.DOTALL);
    private static final String BETWEEN = "\n=====\n";

    @TempDir
    static Path data;

    private static final PortPlan PORTS = House.freePorts();
    private static House house;

    @BeforeAll
    static void start() throws Exception {
        house = House.up(PORTS, data, "--demo", "6").awaitReady();
    }

    @AfterAll
    static void stop() throws Exception {
        house.kill();
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            house.processes().forEach(ProcessHandle::destroy);
            return house.processes().isEmpty();
        });
    }

    @Test
    void everyCommandOfTheTourDoesWhatTheReadmeSays() throws Exception {
        // Given
        List<String> blocks = BLOCK.matcher(Files.readString(House.PROJECT.resolve("README.md")))
                .results()
                .map(MatchResult::group)
                .map(block -> block.substring("```bash\n".length(), block.length() - "```".length()))
                .map(ReadmeTourIT::onOurPorts)
                .toList();
        assertThat(blocks).as("code blocks of the tour").hasSize(9);
        await("a CPE of the TR-181 kind that was read")
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofSeconds(1))
                .until(() ->
                        shell(blocks.get(0) + blocks.get(2) + blocks.get(3)).contains("Device.WiFi.SSID.1.SSID"));

        // When
        String[] told =
                shell(String.join("\necho '" + BETWEEN.strip() + "'\n", blocks)).split(BETWEEN.strip(), -1);

        // Then
        assertThat(told).hasSize(blocks.size());
        assertThat(told[0].strip()).isEmpty();
        assertThat(told[1]).contains("\"items\":[{\"id\":", "\"root\":\"Device.\"", "\"state\":\"online\"");
        assertThat(told[2]).contains("\"productClass\":", "\"lastInform\":", "\"registeredAt\":");
        assertThat(told[3]).contains("\"path\":\"Device.WiFi.SSID.1.SSID\"", "\"type\":\"string\"", "\"seen\":");
        assertThat(told[4]).contains("\"state\":\"succeeded\"", "\"home\"");
        assertThat(told[5]).contains("\"state\":\"failed\"", "\"parameter\":\"Device.WiFi.SSID.1.Colour\"", "9005");
        assertThat(told[6]).contains("\"messages\":[", "<cwmp:", "6 CONNECTION REQUEST");
        assertThat(told[7]).contains("\"after\":\"home\"");
        assertThat(told[8]).contains("\"state\":\"succeeded\"", "M Reboot");
    }

    private static String onOurPorts(String block) {
        return block.replace("127.0.0.1:8080", "127.0.0.1:" + PORTS.http())
                .replace("./homeward token", "./homeward token --port-offset " + PORTS.offset());
    }

    private static String shell(String script) throws IOException, InterruptedException {
        var output = Files.createTempFile("homeward-tour-", ".txt");
        var process = new ProcessBuilder("bash", "-c", script)
                .directory(House.PROJECT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("the tour ends").isTrue();
        return Files.readString(output);
    }
}

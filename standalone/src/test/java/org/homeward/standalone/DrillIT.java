package org.homeward.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The short form of the drills, through the script that people use. */
class DrillIT {

    private static final int PATIENCE_MINUTES = 20;

    @TempDir
    Path folder;

    private @Nullable Process drill;

    @AfterEach
    void stop() throws Exception {
        var running = drill;
        if (running != null && running.isAlive()) {
            var all = running.descendants().toList();
            running.destroyForcibly().waitFor();
            all.forEach(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    @Timeout(value = PATIENCE_MINUTES + 1, unit = TimeUnit.MINUTES)
    void eachProcessAndThenAllCanBeKilledUnderLoadAndTheAccountsBalance() throws Exception {
        // Given
        var terminal = folder.resolve("terminal.txt");
        var report = folder.resolve("report.json");
        var builder = new ProcessBuilder(
                        House.PROJECT.resolve("homeward").toString(),
                        "drill",
                        "short",
                        "--devices",
                        "12",
                        "--port-offset",
                        String.valueOf(House.freePorts().offset()),
                        "--data",
                        folder.resolve("data").toString(),
                        "--json",
                        report.toString())
                .redirectErrorStream(true)
                .redirectOutput(terminal.toFile());
        builder.environment().put("HOMEWARD_NO_BUILD", "1"); // this very build has just made it

        // When
        var started = builder.start();
        drill = started;
        var ended = started.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);

        // Then
        assertThat(ended).as(Files.readString(terminal)).isTrue();
        assertThat(started.exitValue()).as(Files.readString(terminal)).isZero();
        assertThat(new ObjectMapper().readTree(report.toFile()).path("drills"))
                .as(Files.readString(terminal))
                .singleElement()
                .satisfies(DrillIT::didSomething);
    }

    private static void didSomething(JsonNode outcome) {
        assertThat(outcome.path("sessions").asInt()).isPositive();
        assertThat(outcome.path("orders").path("succeeded").asInt()).isPositive();
        assertThat(outcome.path("findings")).isEmpty();
    }
}

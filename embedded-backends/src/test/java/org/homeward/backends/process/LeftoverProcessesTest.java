package org.homeward.backends.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoverProcessesTest {

    @Test
    void endsARecordedProcessThatStillRuns(@TempDir Path directory) throws Exception {
        // Given
        var sleeper = sleeper();
        try (var held = DirectoryLock.take(directory)) {
            held.leftovers().record(sleeper.toHandle(), "a sleeper");

            // When
            var ended = held.leftovers().reclaim();

            // Then
            assertThat(ended).extracting(LeftoverProcesses.Started::what).containsExactly("a sleeper");
            assertThat(sleeper.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void leavesAProcessAloneThatOnlyHasTheSamePid(@TempDir Path directory) throws Exception {
        // Given
        var stranger = sleeper();
        Files.writeString(
                directory.resolve("processes"),
                stranger.pid() + " " + Instant.now().minusSeconds(3600) + " long gone\n");
        try (var held = DirectoryLock.take(directory)) {

            // When
            var ended = held.leftovers().reclaim();

            // Then
            assertThat(ended).isEmpty();
            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void leavesAProcessAloneThatWasForgotten(@TempDir Path directory) throws Exception {
        // Given
        var sleeper = sleeper();
        try (var held = DirectoryLock.take(directory)) {
            held.leftovers().record(sleeper.toHandle(), "a sleeper");
            held.leftovers().forget(sleeper.toHandle());

            // When
            var ended = held.leftovers().reclaim();

            // Then
            assertThat(ended).isEmpty();
        } finally {
            sleeper.destroyForcibly();
        }
    }

    @Test
    void aDirectoryBelongsToOneAtATime(@TempDir Path directory) {
        try (var _ = DirectoryLock.take(directory)) {
            assertThatThrownBy(() -> DirectoryLock.take(directory))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("in use by another running process");
        }
    }

    private static Process sleeper() throws IOException {
        return new ProcessBuilder("sleep", "60").start();
    }
}

package org.homeward.standalone.bench.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessTableTest {

    @TempDir
    Path proc;

    @Test
    void childrenCountAlsoThoseThatHaveEnded() throws IOException {
        // Given
        process(10, 1, "(postgres: a) b)", 100, 50, 30, 20);
        process(11, 10, "(worker)", 200, 0, 0, 0);
        process(12, 11, "(its child)", 7, 3, 0, 0);
        process(20, 1, "(stranger)", 5000, 0, 0, 0);

        // When
        double seconds = new ProcessTable(proc).cpuSeconds(10, Set.of());

        // Then
        assertThat(seconds).isEqualTo(4.1);
    }

    @Test
    void whatIsCountedElsewhereIsNotCountedTwice() throws IOException {
        // Given
        process(10, 1, "(java)", 100, 0, 0, 0);
        process(11, 10, "(mongo)", 200, 0, 0, 0);
        process(12, 11, "(below mongo)", 400, 0, 0, 0);

        // When
        double seconds = new ProcessTable(proc).cpuSeconds(10, Set.of(11L));

        // Then
        assertThat(seconds).isEqualTo(1.0);
    }

    @Test
    void memoryIsTheProportionalSetSizeOfAllBelow() throws IOException {
        // Given
        process(10, 1, "(java)", 0, 0, 0, 0);
        process(11, 10, "(child)", 0, 0, 0, 0);
        Files.writeString(proc.resolve("10/smaps_rollup"), "Rss: 900 kB\nPss:              300 kB\nPss_Anon: 5 kB\n");
        Files.writeString(proc.resolve("11/smaps_rollup"), "Pss:              100 kB\n");

        // When
        long bytes = new ProcessTable(proc).memory(10, Set.of());

        // Then
        assertThat(bytes).isEqualTo(400 * 1024);
    }

    @Test
    void findsWhoListensOnAPort() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(ProcessTable.ofThisMachine().listener(server.getLocalPort()))
                    .hasValue(ProcessHandle.current().pid());
        }
    }

    private void process(long pid, long parent, String name, int user, int system, int childUser, int childSystem)
            throws IOException {
        Path folder = Files.createDirectories(proc.resolve(Long.toString(pid)));
        Files.writeString(
                folder.resolve("stat"),
                "%d %s S %d 1 1 0 -1 0 0 0 0 0 %d %d %d %d 20 0 1 0 99\n"
                        .formatted(pid, name, parent, user, system, childUser, childSystem));
    }
}

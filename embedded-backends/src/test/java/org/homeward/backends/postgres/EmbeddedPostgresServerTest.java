package org.homeward.backends.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.homeward.backends.process.PortTakenException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EmbeddedPostgresServerTest {

    @Test
    void keepsItsDataOverARestart(@TempDir Path directory) throws Exception {
        // Given
        try (var first = EmbeddedPostgresServer.at(directory, 0, "registry", "provisioning")
                .start()) {
            ask(first, "registry", "CREATE TABLE kept AS SELECT 42 AS answer; SELECT 1");
        }

        // When
        try (var second =
                EmbeddedPostgresServer.at(directory, 0, "registry", "firmware").start()) {

            // Then
            assertThat(ask(second, "registry", "SELECT answer FROM kept")).isEqualTo("42");
            assertThat(ask(second, "firmware", "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void writesThroughToDiskWhenItsDataIsKept(@TempDir Path directory) throws Exception {
        try (var server = EmbeddedPostgresServer.at(directory, 0, "registry").start()) {
            assertThat(ask(server, "registry", "SHOW fsync")).isEqualTo("on");
            assertThat(ask(server, "registry", "SHOW synchronous_commit")).isEqualTo("on");
            assertThat(ask(server, "registry", "SHOW listen_addresses")).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void refusesDataThatAnotherServerUses(@TempDir Path directory) {
        try (var running = EmbeddedPostgresServer.at(directory, 0, "registry").start();
                var second = EmbeddedPostgresServer.at(directory, 0, "registry")) {
            assertThatThrownBy(second::start)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("in use");
            assertThat(running.port()).isPositive();
        }
    }

    @Test
    void startsOverAfterAFirstStartThatWasInterrupted(@TempDir Path directory) throws Exception {
        // Given
        Files.createDirectories(directory.resolve("data/base"));
        Files.createFile(directory.resolve("data/postgresql.conf"));

        // When
        try (var server = EmbeddedPostgresServer.at(directory, 0, "registry").start()) {

            // Then
            assertThat(ask(server, "registry", "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void aTakenPortIsAnErrorThatNamesIt(@TempDir Path directory) throws Exception {
        try (var stranger = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var server = EmbeddedPostgresServer.at(directory, stranger.getLocalPort())) {
            assertThatThrownBy(server::start)
                    .isInstanceOf(PortTakenException.class)
                    .hasMessageContaining("port " + stranger.getLocalPort())
                    .hasMessageContaining("PostgreSQL");
        }
    }

    private static String ask(EmbeddedPostgresServer server, String database, String sql) throws SQLException {
        try (var connection =
                        DriverManager.getConnection(server.jdbcUrl(database), server.username(), server.password());
                var statement = connection.createStatement()) {
            var hasRows = statement.execute(sql);
            while (!hasRows) {
                hasRows = statement.getMoreResults();
            }
            var rows = statement.getResultSet();
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }
}

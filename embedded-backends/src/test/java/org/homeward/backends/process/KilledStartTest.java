package org.homeward.backends.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClients;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import org.bson.Document;
import org.homeward.backends.kafka.EmbeddedKafka;
import org.homeward.backends.mongo.MongoStandIn;
import org.homeward.backends.postgres.EmbeddedPostgresServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class KilledStartTest {

    @Test
    void theNextStartEndsWhatWasLeftOverAndGoesOnWithTheData(@TempDir Path directory) throws Exception {
        // Given
        var mongoPort = Ports.free();
        var postgresPort = Ports.free();
        var kafkaPort = Ports.free();
        var mongoPid = startAndKill(directory, mongoPort, postgresPort, kafkaPort);
        var postgresPid = Long.parseLong(Files.readAllLines(directory.resolve("postgres/data/postmaster.pid"))
                .getFirst());
        assertThat(isAlive(postgresPid))
                .as("PostgreSQL outlives who started it")
                .isTrue();

        // When
        try (var mongo = MongoStandIn.at(directory.resolve("mongo"), mongoPort).start();
                var postgres = EmbeddedPostgresServer.at(directory.resolve("postgres"), postgresPort, "kept")
                        .start();
                var kafka =
                        EmbeddedKafka.at(directory.resolve("kafka"), kafkaPort).start()) {

            // Then
            assertThat(isAlive(mongoPid)).isFalse();
            assertThat(isAlive(postgresPid)).isFalse();
            assertThat(countIn(mongo)).isEqualTo(1);
            assertThat(answerIn(postgres)).isEqualTo(42);
            assertThat(kafka.isRunning()).isTrue();
        }
    }

    @Test
    void aChildJvmEndsByItselfWhenItsParentIsKilled(@TempDir Path directory) throws Exception {
        // When
        var mongoPid = startAndKill(directory, Ports.free(), Ports.free(), Ports.free());

        // Then
        await().atMost(Duration.ofSeconds(20)).until(() -> !isAlive(mongoPid));
        EmbeddedPostgresServer.at(directory.resolve("postgres"), 0).reclaim();
    }

    /** What the killed process does. */
    public static final class Victim {

        public static void main(String[] args) throws Exception {
            var directory = Path.of(args[0]);
            var mongo = MongoStandIn.at(directory.resolve("mongo"), Integer.parseInt(args[1]))
                    .start();
            var postgres = EmbeddedPostgresServer.at(directory.resolve("postgres"), Integer.parseInt(args[2]), "kept")
                    .start();
            EmbeddedKafka.at(directory.resolve("kafka"), Integer.parseInt(args[3]))
                    .start();
            try (var client = MongoClients.create(mongo.mongodbUri())) {
                client.getDatabase("test").getCollection("things").insertOne(new Document("_id", "kept"));
            }
            try (var connection = DriverManager.getConnection(postgres.jdbcUrl("kept"), "postgres", "postgres");
                    var statement = connection.createStatement()) {
                statement.execute("CREATE TABLE kept AS SELECT 42 AS answer");
            }
            System.out.println("READY " + mongo.pid());
            Thread.currentThread().join(Duration.ofMinutes(5));
        }
    }

    private static long startAndKill(Path directory, int mongoPort, int postgresPort, int kafkaPort)
            throws IOException, InterruptedException {
        var victim = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        directory.toString(),
                        String.valueOf(mongoPort),
                        String.valueOf(postgresPort),
                        String.valueOf(kafkaPort))
                .redirectError(directory.resolve("victim.log").toFile())
                .start();
        try (var lines = new BufferedReader(new InputStreamReader(victim.getInputStream(), StandardCharsets.UTF_8))) {
            var ready = lines.lines().filter(line -> line.startsWith("READY ")).findFirst();
            assertThat(ready)
                    .as(Files.readString(directory.resolve("victim.log")))
                    .isPresent();
            return Long.parseLong(ready.orElseThrow().substring("READY ".length()));
        } finally {
            victim.destroyForcibly().waitFor();
        }
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    private static long countIn(MongoStandIn mongo) {
        try (var client = MongoClients.create(mongo.mongodbUri())) {
            return client.getDatabase("test").getCollection("things").countDocuments();
        }
    }

    private static int answerIn(EmbeddedPostgresServer postgres) throws Exception {
        try (var connection = DriverManager.getConnection(postgres.jdbcUrl("kept"), "postgres", "postgres");
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT answer FROM kept")) {
            assertThat(rows.next()).isTrue();
            return rows.getInt(1);
        }
    }
}

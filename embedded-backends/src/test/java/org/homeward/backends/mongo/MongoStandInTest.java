package org.homeward.backends.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClients;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.bson.Document;
import org.homeward.backends.process.PortTakenException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class MongoStandInTest {

    @Test
    void keepsItsDataOverARestart(@TempDir Path directory) {
        // Given
        try (var first = MongoStandIn.at(directory, 0).start()) {
            insert(first, "kept");
        }

        // When
        try (var second = MongoStandIn.at(directory, 0).start()) {

            // Then
            assertThat(count(second)).isEqualTo(1);
        }
    }

    @Test
    void hasLostNothingThatItAcknowledgedWhenItIsKilled(@TempDir Path directory) {
        // Given
        try (var first = MongoStandIn.at(directory, 0).start();
                var client = MongoClients.create(first.mongodbUri())) {
            var things = client.getDatabase("test").getCollection("things");
            for (int i = 0; i < 200; i++) {
                things.insertOne(new Document("_id", "thing-" + i));
            }

            // When
            first.process().orElseThrow().destroyForcibly();
        }

        // Then
        try (var second = MongoStandIn.at(directory, 0).start()) {
            assertThat(count(second)).isEqualTo(200);
        }
    }

    @Test
    void keepsNothingInMemory() {
        // Given
        try (var mongo = MongoStandIn.inMemory().start()) {
            insert(mongo, "lost");

            // When
            mongo.stop();
            mongo.start();

            // Then
            assertThat(count(mongo)).isZero();
        }
    }

    @Test
    void aTakenPortIsAnErrorThatNamesIt(@TempDir Path directory) throws Exception {
        try (var stranger = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var mongo = MongoStandIn.at(directory, stranger.getLocalPort())) {
            assertThatThrownBy(mongo::start)
                    .isInstanceOf(PortTakenException.class)
                    .hasMessageContaining("port " + stranger.getLocalPort())
                    .hasMessageContaining("MongoDB");
        }
    }

    private static void insert(MongoStandIn mongo, String id) {
        try (var client = MongoClients.create(mongo.mongodbUri())) {
            client.getDatabase("test").getCollection("things").insertOne(new Document("_id", id));
        }
    }

    private static long count(MongoStandIn mongo) {
        try (var client = MongoClients.create(mongo.mongodbUri())) {
            return client.getDatabase("test").getCollection("things").countDocuments();
        }
    }
}

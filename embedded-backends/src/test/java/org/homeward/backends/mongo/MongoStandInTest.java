package org.homeward.backends.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoClients;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOptions;
import de.bwaldvogel.mongo.backend.KeyValue;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.bson.Document;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
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
    void findsADocumentAgainWhoseIndexEntryWasNotSavedWhenItWasKilled(@TempDir Path directory) {
        // Given
        try (var first = MongoStandIn.at(directory, 0).start()) {
            insert(first, "whole");
            insert(first, "torn");
        }
        try (var store = MVStore.open(directory.resolve("data.mv").toString())) {
            MVMap<KeyValue, Object> index = store.openMap("test.things._index__id_");
            assertThat(index.remove(new KeyValue("torn"))).isEqualTo("torn");
        }

        // When
        try (var second = MongoStandIn.at(directory, 0).start();
                var client = MongoClients.create(second.mongodbUri())) {
            var things = client.getDatabase("test").getCollection("things");
            things.replaceOne(
                    Filters.eq("_id", "torn"),
                    new Document("_id", "torn").append("written", "again"),
                    new ReplaceOptions().upsert(true));

            // Then
            assertThat(things.find(Filters.eq("_id", "torn")).first()).containsEntry("written", "again");
            assertThat(count(second)).isEqualTo(2);
        }
    }

    @Test
    void holdsADocumentFoundByItsIdAgainstTheRestOfTheQuery() {
        // Given
        try (var mongo = MongoStandIn.inMemory().start();
                var client = MongoClients.create(mongo.mongodbUri())) {
            var things = client.getDatabase("test").getCollection("things");
            things.insertOne(new Document("_id", "thing").append("at", 5));
            var atMost4 = new Document("_id", "thing").append("at", new Document("$lte", 4));
            var atMost6 = new Document("_id", "thing").append("at", new Document("$lte", 6));
            var other = new Document("_id", "other").append("at", new Document("$lte", 6));
            var anew = new ReplaceOptions().upsert(true);

            // When
            assertThatThrownBy(() -> things.replaceOne(atMost4, new Document("_id", "thing"), anew))
                    .isInstanceOf(MongoWriteException.class)
                    .hasMessageContaining("duplicate key");
            things.replaceOne(atMost6, new Document("_id", "thing").append("at", 6), anew);
            things.replaceOne(other, new Document("_id", "other").append("at", 6), anew);

            // Then
            assertThat(things.find(atMost4)).isEmpty();
            assertThat(things.find(atMost6)).containsExactly(new Document("_id", "thing").append("at", 6));
            assertThat(things.countDocuments()).isEqualTo(2);
            assertThat(things.deleteOne(atMost4).getDeletedCount()).isZero();
            assertThat(things.deleteOne(atMost6).getDeletedCount()).isOne();
            assertThat(things.find(new Document("_id", new Document("$in", List.of("thing", "other")))))
                    .hasSize(1);
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

package org.homeward.backends.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.homeward.backends.process.PortTakenException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EmbeddedKafkaTest {

    @Test
    void keepsRecordsAndPortOverAnOutage() throws Exception {
        // Given
        try (var kafka = EmbeddedKafka.temporary().start()) {
            var before = kafka.bootstrapServers();
            kafka.createTopics(3, "kept");
            send(before, "kept", "v1");

            // When
            kafka.stop();
            kafka.start();

            // Then
            assertThat(kafka.bootstrapServers()).isEqualTo(before);
            assertThat(firstValue(before, "kept")).isEqualTo("v1");
        }
    }

    @Test
    void anotherBrokerGoesOnWithTheSameDirectory(@TempDir Path directory) throws Exception {
        // Given
        try (var first = EmbeddedKafka.at(directory, 0).start()) {
            first.createTopics(1, "kept");
            send(first.bootstrapServers(), "kept", "v1");
        }

        // When
        try (var second = EmbeddedKafka.at(directory, 0).start()) {

            // Then
            assertThat(firstValue(second.bootstrapServers(), "kept")).isEqualTo("v1");
        }
    }

    @Test
    void createsTopicsOnlyWhenToldAndWithTwelvePartitions() throws Exception {
        try (var kafka = EmbeddedKafka.temporary().start();
                var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()))) {
            // When
            admin.createTopics(List.of(new NewTopic("told", Optional.empty(), Optional.empty())))
                    .all()
                    .get(30, TimeUnit.SECONDS);

            // Then
            var told = admin.describeTopics(List.of("told")).allTopicNames().get(30, TimeUnit.SECONDS);
            assertThat(told)
                    .hasEntrySatisfying(
                            "told", topic -> assertThat(topic.partitions()).hasSize(12));
            assertThatThrownBy(() -> admin.describeTopics(List.of("untold"))
                            .allTopicNames()
                            .get(30, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
        }
    }

    @Test
    void aTakenPortIsAnErrorThatNamesIt(@TempDir Path directory) throws Exception {
        try (var stranger = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var kafka = EmbeddedKafka.at(directory, stranger.getLocalPort())) {
            assertThatThrownBy(kafka::start)
                    .isInstanceOf(PortTakenException.class)
                    .hasMessageContaining("port " + stranger.getLocalPort())
                    .hasMessageContaining("Kafka");
        }
    }

    private static void send(String bootstrap, String topic, String value) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrap, "acks", "all"),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, "k", value)).get(30, TimeUnit.SECONDS);
        }
    }

    private static String firstValue(String bootstrap, String topic) {
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of(
                        "bootstrap.servers", bootstrap, "group.id", "reader", "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            var deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (System.nanoTime() < deadline) {
                for (var record : consumer.poll(Duration.ofMillis(200))) {
                    return record.value();
                }
            }
            return "";
        }
    }
}

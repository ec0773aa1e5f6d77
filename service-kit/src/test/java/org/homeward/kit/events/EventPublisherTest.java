package org.homeward.kit.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.homeward.backends.kafka.EmbeddedKafka;
import org.homeward.contracts.Topic;
import org.homeward.kit.KafkaFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EventPublisherTest {

    private static EmbeddedKafka broker;
    private KafkaFixture kafka;

    @BeforeAll
    static void makeBroker() {
        broker = EmbeddedKafka.temporary();
    }

    @AfterAll
    static void removeBroker() {
        broker.close();
    }

    @BeforeEach
    void startAll() throws Exception {
        broker.start();
        kafka = new KafkaFixture(KafkaConfig.forBroker(broker.bootstrapServers())).ready();
    }

    @AfterEach
    void stopClients() {
        kafka.close();
    }

    @Test
    void completesWhenKafkaHasTheEvent() {
        var published = kafka.publisher.publish(Topic.DEVICE_EVENTS, kafka.word("1", "hello"));

        assertThat(published).succeedsWithin(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @EnumSource
    void compressesByWhatIsConfigured(KafkaConfig.Compression compression) throws Exception {
        try (KafkaFixture compressing = new KafkaFixture(KafkaConfig.of(Map.of(
                "homeward.kafka.bootstrap-servers",
                broker.bootstrapServers(),
                "homeward.kafka.producer.compression",
                compression.name().toLowerCase(Locale.ROOT),
                "homeward.kafka.producer.delivery-timeout",
                "20s",
                "homeward.kafka.producer.request-timeout",
                "10s")))) {
            compressing.ready();

            var published = compressing.publisher.publish(
                    Topic.DEVICE_EVENTS, compressing.word("1", "many words ".repeat(1_000)));

            assertThat(published).succeedsWithin(Duration.ofSeconds(30));
        }
    }

    @Test
    void refusesACompressionThatIsNotAboard() {
        assertThatThrownBy(() -> KafkaConfig.of(Map.of("homeward.kafka.producer.compression", "lz4"))
                        .producer()
                        .compression())
                .hasMessageContaining("homeward.kafka.producer.compression")
                .hasMessageContaining("lz4");
    }

    @Test
    void doesNotWaitForCompanyWhileThereIsLittle() throws Exception {
        try (KafkaFixture patient = new KafkaFixture(KafkaConfig.of(Map.of(
                "homeward.kafka.bootstrap-servers", broker.bootstrapServers(),
                "homeward.kafka.producer.linger", "60s",
                "homeward.kafka.producer.delivery-timeout", "120s")))) {
            patient.ready();

            var published = patient.publisher.publish(Topic.DEVICE_EVENTS, patient.word("1", "urgent"));

            assertThat(published).succeedsWithin(Duration.ofSeconds(30));
        }
    }

    @Test
    void failsAtOnceWhileTheBrokerIsAwayAndGoesOnWhenItIsBack() {
        broker.stop();
        // the first to fail takes the delivery timeout; from then on the publisher knows
        assertThat(kafka.publisher.publish(Topic.DEVICE_EVENTS, kafka.word("1", "lost")))
                .failsWithin(Duration.ofSeconds(3))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(BrokerUnavailable.class);

        long began = System.nanoTime();
        for (int i = 0; i < 1_000; i++) {
            assertThat(kafka.publisher.publish(Topic.DEVICE_EVENTS, kafka.word("1", "refused")))
                    .isCompletedExceptionally();
        }
        Duration thousand = Duration.ofNanos(System.nanoTime() - began);

        broker.start();
        await().atMost(KafkaFixture.patience()).until(kafka.publisher::isAvailable);
        assertThat(kafka.publisher.publish(Topic.DEVICE_EVENTS, kafka.word("1", "back")))
                .succeedsWithin(Duration.ofSeconds(5));
        assertThat(thousand).as("a thousand refusals").isLessThan(Duration.ofMillis(500));
    }

    @Test
    void neverBlocksItsCallerWhenTheBrokerGoesAway() {
        broker.stop();
        Duration longest = Duration.ZERO;
        for (int i = 0; i < 200; i++) {
            long began = System.nanoTime();
            kafka.publisher.publish(Topic.values()[i % Topic.values().length], kafka.word("1", "x"));
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            longest = took.compareTo(longest) > 0 ? took : longest;
        }
        assertThat(longest).isLessThan(Duration.ofMillis(150));
    }

    @Test
    void refusesMoreThanMayBeUnderWay() {
        broker.stop();
        byte[] large = new byte[250_000];
        long refused = IntStream.range(0, 300)
                .mapToObj(i -> kafka.publisher.publish(CloudEvents.toRecord(
                        "device.events", null, "e" + i, "t", Instant.EPOCH, "/x", KafkaFixture.key("1"), large)))
                .filter(stage -> stage.toCompletableFuture().isCompletedExceptionally())
                .count();
        // 32 MiB are 134 of these
        assertThat(refused).isGreaterThan(150);
    }

    @Test
    void waitsForABrokerThatStartsLater() {
        broker.stop();
        try (KafkaFixture early = new KafkaFixture(KafkaConfig.forBroker(broker.bootstrapServers()))) {
            assertThat(early.publisher.publish(Topic.DEVICE_EVENTS, early.word("1", "early")))
                    .isCompletedExceptionally();
            broker.start();
            assertThat(early.publisher.ready()).succeedsWithin(KafkaFixture.patience());
            assertThat(early.publisher.publish(Topic.DEVICE_EVENTS, early.word("1", "now")))
                    .succeedsWithin(Duration.ofSeconds(5));
        }
    }
}

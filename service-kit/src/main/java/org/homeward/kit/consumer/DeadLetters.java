package org.homeward.kit.consumer;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.homeward.contracts.Topic;
import org.homeward.kit.events.BrokerUnavailable;
import org.homeward.kit.events.EventPublisher;

/**
 * Puts records aside that could not be handled: as they were, with headers that say why and where they lay
 * ({@code dead_exception}, {@code dead_message}, {@code dead_topic}, {@code dead_partition}, {@code dead_offset}).
 */
final class DeadLetters {

    private static final int LONGEST_MESSAGE = 2_000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final String consumer;
    private final EventPublisher publisher;

    DeadLetters(String consumer, EventPublisher publisher) {
        this.consumer = consumer;
        this.publisher = publisher;
    }

    /**
     * Returns when Kafka has it.
     *
     * @throws BrokerUnavailable when it has not
     */
    void bury(Topic topic, ConsumerRecord<String, byte[]> dead, Throwable why) throws InterruptedException {
        ProducerRecord<String, byte[]> letter =
                new ProducerRecord<>(topic.deadLetters(consumer), null, dead.key(), dead.value(), dead.headers());
        String message = String.valueOf(why.getMessage());
        letter.headers()
                .add("dead_exception", bytes(why.getClass().getName()))
                .add("dead_message", bytes(message.substring(0, Math.min(message.length(), LONGEST_MESSAGE))))
                .add("dead_topic", bytes(dead.topic()))
                .add("dead_partition", bytes(String.valueOf(dead.partition())))
                .add("dead_offset", bytes(String.valueOf(dead.offset())));
        try {
            publisher.publish(letter).toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new BrokerUnavailable("dead letter not acknowledged: " + e.getMessage(), e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

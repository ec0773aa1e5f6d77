package org.homeward.kit.consumer;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/** Tells Kafka now and then how far a consumer has come, and the meters how far it is behind. */
final class Commits {

    private static final Logger LOG = Logger.getLogger(Commits.class);
    private static final Duration BETWEEN = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final String name;
    private final Consumer<String, byte[]> kafka;
    private final Places places;
    private final ConsumerMetrics metrics;
    private long next = System.nanoTime();

    Commits(String name, Consumer<String, byte[]> kafka, Places places, ConsumerMetrics metrics) {
        this.name = name;
        this.kafka = kafka;
        this.places = places;
        this.metrics = metrics;
    }

    /** Once a second, without waiting: a commit that is lost is made good by the next. */
    void ifDue() {
        long now = System.nanoTime();
        if (now - next < 0) {
            return;
        }
        next = now + BETWEEN.toNanos();
        metrics.lag().set(lag());
        Map<TopicPartition, OffsetAndMetadata> offsets = places.takeUncommitted();
        if (!offsets.isEmpty()) {
            kafka.commitAsync(offsets, (committed, e) -> {
                if (e != null) {
                    LOG.debugf(e, "%s: a commit was lost", name);
                }
            });
        }
    }

    /** Before others may take over. */
    void now() {
        Map<TopicPartition, OffsetAndMetadata> offsets = places.takeUncommitted();
        try {
            try {
                kafka.commitSync(offsets, PATIENCE);
            } catch (WakeupException e) {
                // the consumer's end woke a poll that was over by then; once is enough
                kafka.commitSync(offsets, PATIENCE);
            }
        } catch (KafkaException e) {
            LOG.debugf(e, "%s: a commit was lost; some events will be handled again", name);
        }
    }

    private long lag() {
        long lag = 0;
        for (TopicPartition partition : kafka.assignment()) {
            OptionalLong behind = kafka.currentLag(partition);
            lag += behind.orElse(0);
        }
        return lag;
    }
}

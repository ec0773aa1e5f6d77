package org.homeward.kit.consumer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.atomic.AtomicLong;

/** What a consumer counts, under {@code homeward.consumer}, tagged with its name. */
record ConsumerMetrics(
        Timer handling,
        DistributionSummary batchSize,
        Counter handled,
        Counter skipped,
        Counter retried,
        Counter deadLettered,
        AtomicLong lag) {

    static ConsumerMetrics of(String consumer, MeterRegistry meters) {
        Tags tags = Tags.of("consumer", consumer);
        return new ConsumerMetrics(
                Timer.builder("homeward.consumer.handling")
                        .description("Time a batch took")
                        .tags(tags)
                        .register(meters),
                DistributionSummary.builder("homeward.consumer.batch.size")
                        .description("Events of a batch")
                        .tags(tags)
                        .register(meters),
                counter("handled", "Events handled", tags, meters),
                counter("skipped", "Events of a type unknown to this version", tags, meters),
                counter("retried", "Batches tried again because something was down", tags, meters),
                counter("dead.lettered", "Records put aside", tags, meters),
                meters.gauge("homeward.consumer.lag", tags, new AtomicLong()));
    }

    private static Counter counter(String name, String description, Tags tags, MeterRegistry meters) {
        return Counter.builder("homeward.consumer." + name)
                .description(description)
                .tags(tags)
                .register(meters);
    }
}

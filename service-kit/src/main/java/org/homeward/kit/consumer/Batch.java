package org.homeward.kit.consumer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.Event;
import org.homeward.contracts.Message;
import org.homeward.contracts.Topic;

/**
 * What one poll brought, or a half of it when something in it failed.
 *
 * @param consumer the consumer's name, under which an inbox keeps its positions
 * @param deliveries by topic and partition, each partition in its order
 * @param spans which stretch of each partition this covers, with what was skipped
 */
public record Batch(String consumer, List<Delivery> deliveries, List<Span> spans) {

    /** A stretch of a partition, {@code upTo} exclusive. */
    public record Span(Topic topic, int partition, long from, long upTo) {}

    public Batch {
        deliveries = List.copyOf(deliveries);
        spans = List.copyOf(spans);
    }

    /** The events, without withdrawals. */
    public List<Event<? extends Message>> events() {
        List<Event<? extends Message>> events = new ArrayList<>(deliveries.size());
        for (Delivery delivery : deliveries) {
            if (delivery instanceof Delivery.Arrived arrived) {
                events.add(arrived.event());
            }
        }
        return events;
    }

    /** What arrived of each device in its order: of one topic as published, topics in the order of {@link Topic}. */
    public Map<DeviceKey, List<Delivery.Arrived>> arrivedByDevice() {
        Map<DeviceKey, List<Delivery.Arrived>> byDevice = new LinkedHashMap<>();
        for (Delivery delivery : deliveries) {
            if (delivery instanceof Delivery.Arrived arrived) {
                byDevice.computeIfAbsent(arrived.key(), key -> new ArrayList<>())
                        .add(arrived);
            }
        }
        return byDevice;
    }

    /** Two batches that are this one together; for batches of at least two deliveries. */
    List<Batch> halves() {
        int middle = deliveries.size() / 2;
        Delivery firstRight = deliveries.get(middle);
        boolean cutsPartition = isAt(deliveries.get(middle - 1), firstRight.topic(), firstRight.partition());
        List<Span> left = new ArrayList<>();
        List<Span> right = new ArrayList<>();
        List<Span> side = left;
        for (Span span : spans) {
            if (isAt(firstRight, span.topic(), span.partition())) {
                if (cutsPartition) {
                    left.add(new Span(span.topic(), span.partition(), span.from(), firstRight.offset()));
                    right.add(new Span(span.topic(), span.partition(), firstRight.offset(), span.upTo()));
                } else {
                    right.add(span);
                }
                side = right;
            } else {
                side.add(span);
            }
        }
        return List.of(
                new Batch(consumer, deliveries.subList(0, middle), left),
                new Batch(consumer, deliveries.subList(middle, deliveries.size()), right));
    }

    private static boolean isAt(Delivery delivery, Topic topic, int partition) {
        return delivery.topic() == topic && delivery.partition() == partition;
    }
}

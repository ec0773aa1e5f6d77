package org.homeward.kit.consumer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.homeward.contracts.Topic;
import org.homeward.kit.events.CloudEvents;
import org.homeward.kit.events.Reading;

/**
 * What came of the records of a poll.
 *
 * @param skipped how many were of a type unknown to this version
 * @param unreadable what is no event of ours, with why
 */
record Polled(
        ConsumerRecords<String, byte[]> records,
        Batch batch,
        int skipped,
        Map<ConsumerRecord<String, byte[]>, Exception> unreadable) {

    static final Map<String, Topic> TOPICS =
            java.util.stream.Stream.of(Topic.values()).collect(Collectors.toMap(Topic::topicName, Function.identity()));

    private static final Comparator<TopicPartition> IN_ORDER = Comparator.<TopicPartition, Topic>comparing(
                    partition -> topic(partition.topic()))
            .thenComparing(TopicPartition::partition);

    static Polled read(String consumer, ConsumerRecords<String, byte[]> records, Places places) {
        List<Delivery> deliveries = new ArrayList<>(records.count());
        List<Batch.Span> spans = new ArrayList<>();
        Map<ConsumerRecord<String, byte[]>, Exception> unreadable = new LinkedHashMap<>();
        int skipped = 0;
        for (TopicPartition partition :
                records.partitions().stream().sorted(IN_ORDER).toList()) {
            Topic topic = topic(partition.topic());
            List<ConsumerRecord<String, byte[]>> ofPartition = records.records(partition);
            for (ConsumerRecord<String, byte[]> each : ofPartition) {
                switch (CloudEvents.read(each)) {
                    case Reading.Read read ->
                        deliveries.add(new Delivery.Arrived(topic, each.partition(), each.offset(), read.event()));
                    case Reading.Withdrawn withdrawn ->
                        deliveries.add(new Delivery.Withdrawn(topic, each.partition(), each.offset(), withdrawn.key()));
                    case Reading.UnknownType unknown -> skipped++;
                    case Reading.Malformed malformed -> unreadable.put(each, malformed.cause());
                }
            }
            Long from = places.of(partition);
            spans.add(new Batch.Span(
                    topic,
                    partition.partition(),
                    from == null ? ofPartition.getFirst().offset() : from,
                    ofPartition.getLast().offset() + 1));
        }
        return new Polled(records, new Batch(consumer, deliveries, spans), skipped, unreadable);
    }

    static Topic topic(String name) {
        Topic topic = TOPICS.get(name);
        if (topic == null) {
            throw new IllegalStateException("subscribed to " + name + ", which is no topic of ours");
        }
        return topic;
    }

    /** Whether the broker went back to an earlier place than ours: the topic was made anew under our feet. */
    boolean startsBefore(Places places) {
        return records.partitions().stream().anyMatch(partition -> {
            Long from = places.of(partition);
            return from != null && records.records(partition).getFirst().offset() < from;
        });
    }

    ConsumerRecord<String, byte[]> recordOf(Delivery delivery) {
        return records.records(new TopicPartition(delivery.topic().topicName(), delivery.partition())).stream()
                .filter(candidate -> candidate.offset() == delivery.offset())
                .findFirst()
                .orElseThrow();
    }

    /** What two polls brought, as if it had been one. */
    static ConsumerRecords<String, byte[]> joined(
            ConsumerRecords<String, byte[]> first, ConsumerRecords<String, byte[]> more) {
        Map<TopicPartition, List<ConsumerRecord<String, byte[]>>> all = new HashMap<>();
        for (ConsumerRecords<String, byte[]> each : List.of(first, more)) {
            for (TopicPartition partition : each.partitions()) {
                all.computeIfAbsent(partition, its -> new ArrayList<>()).addAll(each.records(partition));
            }
        }
        return new ConsumerRecords<>(all, Map.of());
    }
}

package org.homeward.registry.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.homeward.backends.testing.SharedBackends;
import org.homeward.contracts.Event;
import org.homeward.contracts.Topic;
import org.homeward.contracts.device.DeviceFacts;
import org.homeward.kit.events.CloudEvents;
import org.homeward.kit.events.Reading;

/** What the registry has published, as anybody reads it from Kafka. */
public final class Published {

    private Published() {}

    public static DeviceFacts latestFacts(String key) {
        return (DeviceFacts) latest(Topic.DEVICE_FACTS, key);
    }

    public static Object latest(Topic topic, String key) {
        List<ConsumerRecord<String, byte[]>> records = records(topic, key);
        assertThat(records).isNotEmpty();
        return CloudEvents.read(records.getLast()) instanceof Reading.Read(Event<?> event) ? event.data() : "withdrawn";
    }

    /** All that a topic has of a key. */
    public static List<ConsumerRecord<String, byte[]>> records(Topic topic, String key) {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, SharedBackends.kafkaBootstrapServers(),
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class,
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        try (var consumer = new KafkaConsumer<String, byte[]>(settings)) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.topicName()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(each -> {
                    if (each.key().equals(key)) {
                        found.add(each);
                    }
                });
            }
            return found;
        }
    }
}

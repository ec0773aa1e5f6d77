package org.homeward.kit.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.Event;
import org.homeward.contracts.Message;
import org.homeward.contracts.MessageTypes;
import org.homeward.contracts.Topic;
import org.homeward.kit.json.ContractsJson;
import org.jspecify.annotations.Nullable;

/**
 * Events as Kafka records and back: CloudEvents 1.0, Kafka protocol binding, binary content mode. Attributes travel as
 * headers ({@code ce_id}, {@code ce_type}, ...; {@code ce_subject} is the device id, {@code ce_tenant} an extension), the
 * message as the JSON value, tenant and device as the record's key.
 */
public final class CloudEvents {

    private static final byte[] SPEC_VERSION = bytes("1.0");
    private static final byte[] JSON = bytes("application/json");

    private static final Map<String, ObjectReader> READERS = MessageTypes.all().stream()
            .collect(Collectors.toUnmodifiableMap(
                    MessageTypes::typeOf, type -> ContractsJson.mapper().readerFor(type)));
    private static final Map<Class<? extends Message>, ObjectWriter> WRITERS = MessageTypes.all().stream()
            .collect(Collectors.toUnmodifiableMap(
                    Function.identity(), type -> ContractsJson.mapper().writerFor(type)));

    private CloudEvents() {}

    /** To the partition that the event's key belongs to. */
    public static ProducerRecord<String, byte[]> toRecord(Topic topic, Event<?> event) {
        return toRecord(topic, null, event);
    }

    /** To a partition that a reader named. */
    public static ProducerRecord<String, byte[]> toRecord(Topic topic, int partition, Event<?> event) {
        return toRecord(topic, Integer.valueOf(partition), event);
    }

    private static ProducerRecord<String, byte[]> toRecord(Topic topic, @Nullable Integer partition, Event<?> event) {
        return toRecord(
                topic.topicName(),
                partition,
                event.id(),
                event.type(),
                event.time(),
                event.source(),
                event.key(),
                value(event.data()));
    }

    /** From parts that were stored. */
    public static ProducerRecord<String, byte[]> toRecord(
            String topic,
            @Nullable Integer partition,
            String id,
            String type,
            Instant time,
            String source,
            DeviceKey key,
            byte[] value) {
        ProducerRecord<String, byte[]> kafkaRecord = new ProducerRecord<>(topic, partition, key.toString(), value);
        kafkaRecord
                .headers()
                .add("ce_specversion", SPEC_VERSION)
                .add("ce_id", bytes(id))
                .add("ce_type", bytes(type))
                .add("ce_source", bytes(source))
                .add("ce_time", bytes(time.toString()))
                .add("ce_subject", bytes(key.device().toString()))
                .add("ce_tenant", bytes(key.tenant().value()))
                .add("content-type", JSON);
        return kafkaRecord;
    }

    /** Withdraws what a compacted topic holds of a device. */
    public static ProducerRecord<String, byte[]> tombstone(Topic topic, DeviceKey key) {
        if (!topic.isCompacted()) {
            throw new IllegalArgumentException(topic.topicName() + " is not compacted");
        }
        return new ProducerRecord<>(topic.topicName(), key.toString(), null);
    }

    /** The JSON value of a message. */
    public static byte[] value(Message message) {
        try {
            ObjectWriter writer = WRITERS.get(message.getClass());
            if (writer == null) {
                throw new IllegalArgumentException("not a message of the contracts: " + message.getClass());
            }
            return writer.writeValueAsBytes(message);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a record; never throws. */
    public static Reading read(ConsumerRecord<String, byte[]> kafkaRecord) {
        try {
            String keyText = kafkaRecord.key();
            if (keyText == null) {
                return new Reading.Malformed(new IllegalArgumentException("no key"));
            }
            if (kafkaRecord.value() == null) {
                return new Reading.Withdrawn(DeviceKey.parse(keyText));
            }
            Headers headers = kafkaRecord.headers();
            String type = required(headers, "ce_type");
            ObjectReader reader = READERS.get(type);
            if (reader == null) {
                return new Reading.UnknownType(type);
            }
            Message data = reader.readValue(kafkaRecord.value());
            return new Reading.Read(new Event<>(
                    required(headers, "ce_id"),
                    Instant.parse(required(headers, "ce_time")),
                    required(headers, "ce_source"),
                    DeviceKey.parse(keyText),
                    data));
        } catch (IOException | RuntimeException e) {
            return new Reading.Malformed(e);
        }
    }

    /** A header's text. */
    public static Optional<String> header(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null
                ? Optional.empty()
                : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
    }

    private static String required(Headers headers, String name) {
        return header(headers, name).orElseThrow(() -> new IllegalArgumentException("no header " + name));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

package org.homeward.kit.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.Event;
import org.homeward.contracts.Message;
import org.homeward.contracts.MessageTypes;
import org.homeward.contracts.Topic;
import org.homeward.contracts.device.DeviceEvent.DeviceDeleted;
import org.homeward.kit.json.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CloudEventsTest {

    private static final DeviceKey KEY = DeviceKey.parse("acme/00AABB-Box%2D1-SN1");
    private static final Instant TIME = Instant.parse("2026-11-21T10:15:30.250Z");

    static Stream<Class<? extends Message>> messages() {
        return MessageTypes.all().stream();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void everyEventReadsBackAsItWasWritten(Class<? extends Message> type) {
        Event<?> event = new Event<>("e1", TIME, "/test", KEY, new Samples(3).of(type));
        assertThat(CloudEvents.read(consumed(CloudEvents.toRecord(Topic.DEVICE_EVENTS, event))))
                .isEqualTo(new Reading.Read(event));
    }

    @Test
    void carriesTheAttributesAsHeaders() {
        Event<?> event = new Event<>("e1", TIME, "/registry/r1", KEY, new DeviceDeleted("ann"));

        ProducerRecord<String, byte[]> written = CloudEvents.toRecord(Topic.DEVICE_EVENTS, 3, event);

        assertThat(written.topic()).isEqualTo("device.events");
        assertThat(written.partition()).isEqualTo(3);
        assertThat(written.key()).isEqualTo("acme/00AABB-Box%2D1-SN1");
        assertThat(Stream.of(written.headers().toArray())
                        .map(header -> header.key() + "=" + new String(header.value(), StandardCharsets.UTF_8)))
                .containsExactly(
                        "ce_specversion=1.0",
                        "ce_id=e1",
                        "ce_type=org.homeward.DeviceDeleted",
                        "ce_source=/registry/r1",
                        "ce_time=2026-11-21T10:15:30.250Z",
                        "ce_subject=00AABB-Box%2D1-SN1",
                        "ce_tenant=acme",
                        "content-type=application/json");
        assertThat(new String(written.value(), StandardCharsets.UTF_8)).isEqualTo("{\"by\":\"ann\"}");
    }

    @Test
    void skipsATypeThatItDoesNotKnow() {
        ProducerRecord<String, byte[]> newer = CloudEvents.toRecord(
                "device.events",
                null,
                "e1",
                "org.homeward.Invented",
                TIME,
                "/x",
                KEY,
                "{}".getBytes(StandardCharsets.UTF_8));
        assertThat(CloudEvents.read(consumed(newer))).isEqualTo(new Reading.UnknownType("org.homeward.Invented"));
    }

    @Test
    void readsARecordWithoutValueAsWithdrawal() {
        assertThat(CloudEvents.read(consumed(CloudEvents.tombstone(Topic.DEVICE_FACTS, KEY))))
                .isEqualTo(new Reading.Withdrawn(KEY));
    }

    @Test
    void callsAnythingElseMalformed() {
        ProducerRecord<String, byte[]> broken = CloudEvents.toRecord(
                "device.events", null, "e1", "org.homeward.DeviceDeleted", TIME, "/x", KEY, new byte[] {'{', 0});
        ProducerRecord<String, byte[]> bare = new ProducerRecord<>("device.events", KEY.toString(), new byte[] {1});
        ProducerRecord<String, byte[]> keyless = new ProducerRecord<>("device.events", new byte[] {1});
        ProducerRecord<String, byte[]> otherKey = new ProducerRecord<>("device.events", "somebody", null);

        assertThat(Stream.of(broken, bare, keyless, otherKey).map(each -> CloudEvents.read(consumed(each))))
                .hasOnlyElementsOfType(Reading.Malformed.class);
    }

    private static ConsumerRecord<String, byte[]> consumed(ProducerRecord<String, byte[]> produced) {
        return new ConsumerRecord<>(
                produced.topic(),
                0,
                0,
                0,
                TimestampType.CREATE_TIME,
                0,
                0,
                produced.key(),
                produced.value(),
                produced.headers(),
                Optional.empty());
    }
}

package org.homeward.kit;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.Event;
import org.homeward.contracts.Topic;
import org.homeward.contracts.device.DeviceEvent.DeviceDeleted;
import org.homeward.kit.consumer.Consumers;
import org.homeward.kit.events.EventFactory;
import org.homeward.kit.events.EventPublisher;
import org.homeward.kit.events.KafkaConfig;

/** A publisher and consumers on a broker, without a container. */
public final class KafkaFixture implements AutoCloseable {

    public final KafkaConfig config;
    public final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    public final EventPublisher publisher;
    public final Consumers consumers;
    public final EventFactory events = new EventFactory(Clock.systemUTC(), "/test");

    /** With patience, for tests that are not about a broker that is away. */
    public KafkaFixture(String bootstrapServers) {
        this(KafkaConfig.of(Map.of(
                "homeward.kafka.bootstrap-servers", bootstrapServers,
                "homeward.kafka.producer.delivery-timeout", "20s",
                "homeward.kafka.producer.request-timeout", "10s")));
    }

    public KafkaFixture(KafkaConfig config) {
        this.config = config;
        publisher = new EventPublisher(config, meters).start();
        consumers = new Consumers(config, publisher, meters);
    }

    public KafkaFixture ready() throws ExecutionException, InterruptedException, TimeoutException {
        publisher.ready().toCompletableFuture().get(30, TimeUnit.SECONDS);
        return this;
    }

    /** A small event that carries a word. */
    public Event<DeviceDeleted> word(String device, String word) {
        return events.event(key(device), new DeviceDeleted(word));
    }

    public void publish(Topic topic, Event<?> event) throws ExecutionException, InterruptedException, TimeoutException {
        publisher.publish(topic, event).toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    public static DeviceKey key(String device) {
        return DeviceKey.parse("default/00AABB-" + device);
    }

    public double count(String meter) {
        return meters.get(meter).counters().stream().mapToDouble(c -> c.count()).sum();
    }

    public static Duration patience() {
        return Duration.ofSeconds(20);
    }

    @Override
    public void close() {
        consumers.close();
        publisher.close();
    }
}

package org.homeward.xmppconnector;

import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.Event;
import org.homeward.contracts.Topic;
import org.homeward.contracts.WakeUpId;
import org.homeward.contracts.wakeup.WakeUpResult;
import org.homeward.contracts.wakeup.XmppPresence;
import org.homeward.contracts.wakeup.XmppWakeUp;
import org.homeward.contracts.wakeup.XmppWakeUp.DeliverXmppConnectionRequest;
import org.homeward.kit.consumer.Consumers;
import org.homeward.kit.consumer.Delivery.Arrived;
import org.homeward.kit.consumer.TailSpec;
import org.homeward.kit.events.EventFactory;
import org.homeward.kit.events.EventPublisher;
import org.homeward.kit.events.KafkaConfig;

/** Where requests are made and results come in: the brain, as far as a connector can tell. */
final class Desk implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final EventFactory events = new EventFactory(Clock.systemUTC(), "/test");
    private final EventPublisher publisher;
    private final Consumers consumers;
    final Map<WakeUpId, WakeUpResult> results = new ConcurrentHashMap<>();
    final Map<WakeUpId, Long> arrivals = new ConcurrentHashMap<>();
    final Queue<Event<?>> presences = new ConcurrentLinkedQueue<>();

    Desk(String bootstrapServers) throws Exception {
        KafkaConfig kafka = KafkaConfig.forBroker(bootstrapServers);
        publisher = new EventPublisher(kafka, meters).start();
        publisher.ready().toCompletableFuture().get(60, TimeUnit.SECONDS);
        consumers = new Consumers(kafka, publisher, meters);
        consumers
                .follow(TailSpec.fromEnd(
                        "results",
                        Topic.WAKEUP_RESULTS,
                        deliveries -> deliveries.forEach(delivery -> {
                            if (delivery instanceof Arrived arrived
                                    && arrived.event().data() instanceof WakeUpResult result) {
                                arrivals.put(result.request(), System.nanoTime());
                                results.put(result.request(), result);
                            }
                        })))
                .caughtUp()
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);
        consumers.follow(TailSpec.fromBeginning(
                "presences",
                Topic.WAKEUP_PRESENCES,
                deliveries -> deliveries.forEach(delivery -> {
                    if (delivery instanceof Arrived arrived && arrived.event().data() instanceof XmppPresence) {
                        presences.add(arrived.event());
                    }
                })));
    }

    static DeviceKey device(int number) {
        return DeviceKey.parse("default/001122-HG2400-SN%08d".formatted(number));
    }

    WakeUpId ask(DeviceKey device, String jabberId, String password, Duration within) {
        WakeUpId id = WakeUpId.random();
        publish(
                device,
                new DeliverXmppConnectionRequest(
                        id,
                        jabberId,
                        "acs",
                        password,
                        Clock.systemUTC().instant().plus(within)));
        return id;
    }

    void publish(DeviceKey device, XmppWakeUp wanted) {
        publisher
                .publish(Topic.WAKEUP_REQUESTS_XMPP, events.event(device, wanted))
                .toCompletableFuture()
                .join();
    }

    /** Something that is no request, where requests are expected. */
    void publishNonsense() {
        publisher
                .publish(new ProducerRecord<>(
                        Topic.WAKEUP_REQUESTS_XMPP.topicName(), device(0).toString(), "{".getBytes()))
                .toCompletableFuture()
                .join();
    }

    WakeUpResult resultOf(WakeUpId id) {
        return await().atMost(PATIENCE).until(() -> results.get(id), Objects::nonNull);
    }

    /** Asks a device, and waits for how it went. */
    WakeUpResult wake(DeviceKey device, String jabberId, String password) {
        return resultOf(ask(device, jabberId, password, Duration.ofSeconds(55)));
    }

    /** Without waiting for the broker: for many. */
    void askMany(DeviceKey device, DeliverXmppConnectionRequest request) {
        publisher.publish(Topic.WAKEUP_REQUESTS_XMPP, events.event(device, request));
    }

    Consumers consumers() {
        return consumers;
    }

    @Override
    public void close() {
        consumers.close();
        publisher.close();
    }
}

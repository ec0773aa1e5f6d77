package org.homeward.xmppconnector.delivery.events;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.Event;
import org.homeward.contracts.Topic;
import org.homeward.contracts.wakeup.WakeUpResult;
import org.homeward.contracts.wakeup.WakeUpResult.ConnectionRequestDelivered;
import org.homeward.contracts.wakeup.WakeUpResult.ConnectionRequestRefused;
import org.homeward.contracts.wakeup.WakeUpResult.ConnectionRequestUnreachable;
import org.homeward.contracts.wakeup.XmppWakeUp;
import org.homeward.contracts.wakeup.XmppWakeUp.DeliverXmppConnectionRequest;
import org.homeward.contracts.wakeup.XmppWakeUp.OpenXmppAccount;
import org.homeward.kit.consumer.Batch;
import org.homeward.kit.consumer.BatchHandler;
import org.homeward.kit.events.EventFactory;
import org.homeward.kit.events.EventPublisher;
import org.homeward.xmppconnector.delivery.Delivery;
import org.jboss.logging.Logger;

/**
 * Asks the devices of a poll and goes on to the next: no thread waits for an answer. When too many are under way it waits
 * for one to end, and with it the consumer; each ends at its deadline.
 *
 * <p>Places in the topic advance when requests are under way, not when they are done: a connector that is killed loses
 * those of the last seconds. Whoever asked notices that no result came and asks again, and a device that is woken twice
 * calls once.
 */
public final class ConnectionRequests implements BatchHandler, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(ConnectionRequests.class);

    /** Time for the last results to reach Kafka. */
    private static final Duration TO_PUBLISH = Duration.ofSeconds(2);

    private final Delivery delivery;
    private final EventPublisher publisher;
    private final EventFactory events;
    private final int maxInFlight;
    private final Semaphore slots;
    private final MeterRegistry meters;

    /** @param maxInFlight requests that wait for an answer at the same time */
    public ConnectionRequests(
            Delivery delivery, EventPublisher publisher, EventFactory events, int maxInFlight, MeterRegistry meters) {
        this.delivery = delivery;
        this.publisher = publisher;
        this.events = events;
        this.maxInFlight = maxInFlight;
        this.slots = new Semaphore(maxInFlight);
        this.meters = meters;
        meters.gauge(
                "homeward.connection.requests.in.flight",
                Tags.of("transport", "xmpp"),
                slots,
                free -> maxInFlight - free.availablePermits());
    }

    @Override
    public void handle(Batch batch) throws InterruptedException {
        for (Event<?> event : batch.events()) {
            if (event.data() instanceof XmppWakeUp wanted) {
                switch (wanted) {
                    case DeliverXmppConnectionRequest request -> deliver(event.key(), request);
                    case OpenXmppAccount account -> LOG.tracef("%s: its account is opened elsewhere", event.key());
                }
            }
        }
    }

    private void deliver(DeviceKey device, DeliverXmppConnectionRequest request) throws InterruptedException {
        slots.acquire();
        delivery.deliver(request)
                .thenCompose(result -> {
                    record(device, result);
                    return publisher.publish(Topic.WAKEUP_RESULTS, events.event(device, result));
                })
                .whenComplete((published, failure) -> {
                    slots.release();
                    if (failure != null) {
                        LOG.warnf(
                                "the result of waking %s is lost, whoever asked will ask again: %s",
                                device, failure.getMessage());
                    }
                });
    }

    private void record(DeviceKey device, WakeUpResult result) {
        String outcome = switch (result) {
            case ConnectionRequestDelivered delivered -> "delivered";
            case ConnectionRequestRefused refused -> "refused";
            case ConnectionRequestUnreachable unreachable -> "unreachable";
        };
        Timer.builder("homeward.connection.requests")
                .description("Time a connection request took, by how it ended")
                .tags("transport", "xmpp", "outcome", outcome)
                .serviceLevelObjectives(
                        Duration.ofMillis(10), Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofSeconds(3))
                .register(meters)
                .record(result.millis(), TimeUnit.MILLISECONDS);
        LOG.debugf("%s: connection request %s at %s after %d ms", device, outcome, result.address(), result.millis());
    }

    /** Waits for the last results to be published. The consumer and the stream have to be closed before. */
    @Override
    public void close() {
        try {
            if (!slots.tryAcquire(maxInFlight, TO_PUBLISH.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warnf("%d connection requests did not end in time", maxInFlight - slots.availablePermits());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

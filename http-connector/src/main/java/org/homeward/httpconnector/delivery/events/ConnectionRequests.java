package org.homeward.httpconnector.delivery.events;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.Event;
import org.homeward.contracts.Topic;
import org.homeward.contracts.wakeup.DeliverConnectionRequest;
import org.homeward.contracts.wakeup.WakeUpResult;
import org.homeward.contracts.wakeup.WakeUpResult.ConnectionRequestDelivered;
import org.homeward.contracts.wakeup.WakeUpResult.ConnectionRequestRefused;
import org.homeward.contracts.wakeup.WakeUpResult.ConnectionRequestUnreachable;
import org.homeward.httpconnector.delivery.Delivery;
import org.homeward.kit.consumer.Batch;
import org.homeward.kit.consumer.BatchHandler;
import org.homeward.kit.events.EventFactory;
import org.homeward.kit.events.EventPublisher;
import org.jboss.logging.Logger;

/**
 * Hands each connection request of a poll to a virtual thread of its own and goes on to the next poll, so that a CPE
 * that hangs delays nobody. When too many are under way it waits for one to end, and with it the consumer: each ends at
 * its deadline, so that takes seconds at most.
 *
 * <p>Places in the topic advance when requests are under way, not when they are done: a connector that is killed loses
 * those of the last seconds. Whoever asked notices that no result came and asks again, and a device that is woken twice
 * calls once.
 */
public final class ConnectionRequests implements BatchHandler, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(ConnectionRequests.class);

    private final Delivery delivery;
    private final EventPublisher publisher;
    private final EventFactory events;
    private final int maxInFlight;
    private final Duration longest;
    private final Semaphore slots;
    private final MeterRegistry meters;

    /**
     * @param maxInFlight deliveries at the same time
     * @param longest how long one may take, which is how long {@link #close} waits
     */
    public ConnectionRequests(
            Delivery delivery,
            EventPublisher publisher,
            EventFactory events,
            int maxInFlight,
            Duration longest,
            MeterRegistry meters) {
        this.delivery = delivery;
        this.publisher = publisher;
        this.events = events;
        this.maxInFlight = maxInFlight;
        this.longest = longest;
        this.slots = new Semaphore(maxInFlight);
        this.meters = meters;
        meters.gauge(
                "homeward.connection.requests.in.flight",
                Tags.of("transport", "http"),
                slots,
                free -> maxInFlight - free.availablePermits());
    }

    private record Due(DeviceKey device, DeliverConnectionRequest request) {}

    @Override
    public void handle(Batch batch) throws InterruptedException {
        // All are read before the first leaves: what does not belong here is put aside without delivering others twice.
        List<Due> due = batch.events().stream().map(ConnectionRequests::read).toList();
        for (Due each : due) {
            slots.acquire();
            Thread.ofVirtual().name("connection-request-" + each.device()).start(() -> deliver(each));
        }
    }

    private static Due read(Event<?> event) {
        if (event.data() instanceof DeliverConnectionRequest request) {
            return new Due(event.key(), request);
        }
        throw new IllegalArgumentException(event.type() + " is no connection request");
    }

    private void deliver(Due due) {
        try {
            WakeUpResult result = delivery.deliver(due.device(), due.request());
            record(due.device(), result);
            publisher
                    .publish(Topic.WAKEUP_RESULTS, events.event(due.device(), result))
                    .toCompletableFuture()
                    .get();
        } catch (ExecutionException e) {
            LOG.warnf("the result of waking %s is lost, whoever asked will ask again: %s", due.device(), e.getCause());
        } catch (InterruptedException e) {
            LOG.debugf("waking %s was given up: the connector stops", due.device());
        } catch (RuntimeException e) {
            LOG.errorf(e, "waking %s failed as it never should", due.device());
        } finally {
            slots.release();
        }
    }

    private void record(DeviceKey device, WakeUpResult result) {
        String outcome = switch (result) {
            case ConnectionRequestDelivered delivered -> "delivered";
            case ConnectionRequestRefused refused -> "refused";
            case ConnectionRequestUnreachable unreachable -> "unreachable";
        };
        Timer.builder("homeward.connection.requests")
                .description("Time a connection request took, by how it ended")
                .tags("transport", "http", "outcome", outcome)
                .serviceLevelObjectives(
                        Duration.ofMillis(10), Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofSeconds(3))
                .register(meters)
                .record(result.millis(), TimeUnit.MILLISECONDS);
        LOG.debugf("%s: connection request %s at %s after %d ms", device, outcome, result.address(), result.millis());
    }

    /** Waits for what is under way. The consumer has to be closed before. */
    @Override
    public void close() {
        try {
            if (!slots.tryAcquire(maxInFlight, longest.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warnf("%d connection requests did not end in time", maxInFlight - slots.availablePermits());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package org.homeward.stunconnector.delivery.events;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.Topic;
import org.homeward.contracts.wakeup.UdpWakeUp;
import org.homeward.contracts.wakeup.UdpWakeUp.DeliverUdpConnectionRequest;
import org.homeward.contracts.wakeup.UdpWakeUp.StopUdpConnectionRequest;
import org.homeward.contracts.wakeup.WakeUpResult;
import org.homeward.contracts.wakeup.WakeUpResult.ConnectionRequestDelivered;
import org.homeward.contracts.wakeup.WakeUpResult.ConnectionRequestRefused;
import org.homeward.contracts.wakeup.WakeUpResult.ConnectionRequestUnreachable;
import org.homeward.kit.events.EventFactory;
import org.homeward.kit.events.EventPublisher;
import org.homeward.stunconnector.delivery.Delivery;
import org.jboss.logging.Logger;

/**
 * Sends what is asked for, as it comes, and says how each went.
 *
 * <p>Requests are followed from the partition's end: those that came while no connector was there are of no use any more,
 * and a connector that is killed loses those under way. Whoever asked notices that no result came and asks again, and a
 * device that is woken twice calls once.
 */
public final class UdpConnectionRequests {

    private static final Logger LOG = Logger.getLogger(UdpConnectionRequests.class);

    private final Delivery delivery;
    private final EventPublisher publisher;
    private final EventFactory events;
    private final MeterRegistry meters;

    public UdpConnectionRequests(
            Delivery delivery, EventPublisher publisher, EventFactory events, MeterRegistry meters) {
        this.delivery = delivery;
        this.publisher = publisher;
        this.events = events;
        this.meters = meters;
        meters.gauge(
                "homeward.connection.requests.in.flight", Tags.of("transport", "stun"), delivery, Delivery::underWay);
    }

    /** Takes what a poll brought; never blocks. */
    public void follow(List<org.homeward.kit.consumer.Delivery> arrived) {
        for (var each : arrived) {
            if (each instanceof org.homeward.kit.consumer.Delivery.Arrived arrival
                    && arrival.event().data() instanceof UdpWakeUp wanted) {
                switch (wanted) {
                    case DeliverUdpConnectionRequest request -> deliver(arrival.key(), request);
                    case StopUdpConnectionRequest stop -> delivery.stop(stop.request());
                }
            }
        }
    }

    private void deliver(DeviceKey device, DeliverUdpConnectionRequest request) {
        delivery.deliver(device, request)
                .thenAccept(result -> {
                    record(device, result);
                    publisher
                            .publish(Topic.WAKEUP_RESULTS, events.event(device, result))
                            .exceptionally(failure -> {
                                LOG.warnf(
                                        "the result of waking %s is lost, whoever asked will ask again: %s",
                                        device, failure.getMessage());
                                return null;
                            });
                })
                .exceptionally(failure -> {
                    LOG.errorf(failure, "waking %s failed as it never should", device);
                    return null;
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
                .tags("transport", "stun", "outcome", outcome)
                .serviceLevelObjectives(
                        Duration.ofMillis(10), Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofSeconds(3))
                .register(meters)
                .record(result.millis(), TimeUnit.MILLISECONDS);
        LOG.debugf("%s: connection request %s at %s after %d ms", device, outcome, result.address(), result.millis());
    }
}

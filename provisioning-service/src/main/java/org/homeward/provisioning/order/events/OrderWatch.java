package org.homeward.provisioning.order.events;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.homeward.contracts.OrderId;
import org.homeward.contracts.Topic;
import org.homeward.contracts.order.OrderEvent;
import org.homeward.kit.consumer.Consumers;
import org.homeward.kit.consumer.Delivery;
import org.homeward.kit.consumer.TailSpec;
import org.homeward.provisioning.order.OrderState;

/**
 * Tells those who wait for an order that it got somewhere. Every instance follows the events of all orders, so that a
 * call is answered by the instance that took it, whichever decides about the device. Nobody's thread waits.
 */
@ApplicationScoped
public class OrderWatch {

    private record Waiter(Predicate<OrderState> wanted, CompletableFuture<Boolean> done) {}

    private final Consumers consumers;
    private final Map<OrderId, List<Waiter>> waiters = new ConcurrentHashMap<>();

    public OrderWatch(Consumers consumers, MeterRegistry meters) {
        this.consumers = consumers;
        meters.gaugeMapSize("homeward.provisioning.orders.awaited", List.of(), waiters);
    }

    void onStart(@Observes StartupEvent event) {
        consumers.follow(TailSpec.fromEnd("provisioning-orders", Topic.ORDER_EVENTS, this::heard));
    }

    /**
     * Completes when the order is in such a state, or with false when it is not within this time. To be called before
     * the order is placed, so that nothing is missed.
     */
    public CompletionStage<Boolean> await(OrderId order, Predicate<OrderState> wanted, Duration atMost) {
        Waiter waiter = new Waiter(wanted, new CompletableFuture<>());
        waiters.computeIfAbsent(order, id -> new CopyOnWriteArrayList<>()).add(waiter);
        return waiter.done()
                .completeOnTimeout(false, atMost.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((done, failure) -> forget(order, waiter));
    }

    private void forget(OrderId order, Waiter waiter) {
        waiters.computeIfPresent(order, (id, all) -> {
            all.remove(waiter);
            return all.isEmpty() ? null : all;
        });
    }

    private void heard(List<Delivery> deliveries) {
        if (waiters.isEmpty()) {
            return;
        }
        for (Delivery delivery : deliveries) {
            if (delivery instanceof Delivery.Arrived arrived && arrived.event().data() instanceof OrderEvent event) {
                OrderState state = OrderState.after(event);
                for (Waiter waiter : waiters.getOrDefault(event.order(), List.of())) {
                    if (waiter.wanted().test(state)) {
                        waiter.done().complete(true);
                    }
                }
            }
        }
    }
}

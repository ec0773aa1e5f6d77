package org.homeward.registry.subscriber.store;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.homeward.registry.subscriber.Service;
import org.homeward.registry.subscriber.ServiceId;
import org.homeward.registry.subscriber.Subscriber;
import org.homeward.registry.subscriber.SubscriberId;
import org.jspecify.annotations.Nullable;

/** Some subscribers and their services while they are edited, and which of them changed. */
final class Book {

    private record ServiceKey(SubscriberId subscriber, ServiceId service) {}

    private final Map<SubscriberId, Subscriber> subscribers = new HashMap<>();
    private final Map<SubscriberId, Map<ServiceId, Service>> services = new HashMap<>();
    private final Map<SubscriberId, Subscriber> changedSubscribers = new LinkedHashMap<>();
    private final Map<ServiceKey, Service> changedServices = new LinkedHashMap<>();

    void known(Subscriber subscriber) {
        subscribers.put(subscriber.id(), subscriber);
    }

    void known(Service service) {
        services.computeIfAbsent(service.subscriber(), id -> new LinkedHashMap<>())
                .put(service.id(), service);
    }

    @Nullable
    Subscriber subscriber(SubscriberId id) {
        return subscribers.get(id);
    }

    Collection<Service> services(SubscriberId subscriber) {
        return services.getOrDefault(subscriber, Map.of()).values();
    }

    @Nullable
    Service service(SubscriberId subscriber, ServiceId id) {
        return services.getOrDefault(subscriber, Map.of()).get(id);
    }

    void change(Subscriber subscriber) {
        known(subscriber);
        changedSubscribers.put(subscriber.id(), subscriber);
    }

    void change(Service service) {
        known(service);
        changedServices.put(new ServiceKey(service.subscriber(), service.id()), service);
    }

    Collection<Subscriber> changedSubscribers() {
        return changedSubscribers.values();
    }

    Collection<Service> changedServices() {
        return changedServices.values();
    }

    /** The subscribers of whom anything changed. */
    Stream<SubscriberId> changed() {
        return Stream.concat(
                        changedSubscribers.keySet().stream(),
                        changedServices.keySet().stream().map(ServiceKey::subscriber))
                .distinct();
    }
}

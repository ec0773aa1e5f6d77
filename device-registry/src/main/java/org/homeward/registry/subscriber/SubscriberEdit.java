package org.homeward.registry.subscriber;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody says about one subscriber; all of it is taken, or none.
 *
 * @param presence whether the subscriber has to be there
 * @param ifMatch the version of the subscriber that the caller has seen; null for any
 * @param attributes a JSON merge patch
 */
public record SubscriberEdit(
        SubscriberId subscriber,
        Presence presence,
        @Nullable String ifMatch,
        ObjectNode attributes,
        List<OfService> services,
        List<Wish> bindings) {

    public SubscriberEdit {
        services = List.copyOf(services);
        bindings = List.copyOf(bindings);
    }

    /** Whether something has to be there already. */
    public enum Presence {
        NEW,
        KNOWN,
        ANY
    }

    /**
     * What is said about one of its services.
     *
     * @param type null leaves it as it is
     * @param attributes a JSON merge patch
     */
    public record OfService(
            ServiceId id,
            Presence presence,
            @Nullable String ifMatch,
            @Nullable ServiceId type,
            ObjectNode attributes) {}
}

package org.homeward.registry.subscriber.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.homeward.contracts.DeviceId;
import org.homeward.registry.subscriber.Binding;
import org.homeward.registry.subscriber.Service;
import org.homeward.registry.subscriber.ServiceType;
import org.homeward.registry.subscriber.ServiceTypes;
import org.homeward.registry.subscriber.Subscriber;
import org.jspecify.annotations.Nullable;

/** Subscribers, services, bindings and service types as REST shows them. */
final class SubscriberViews {

    private SubscriberViews() {}

    @Schema(name = "Subscriber")
    record SubscriberView(
            String id,

            @Schema(type = org.eclipse.microprofile.openapi.annotations.enums.SchemaType.OBJECT)
            ObjectNode attributes,

            Instant createdAt,
            Instant updatedAt,
            String updatedBy,
            long version) {
        static SubscriberView of(Subscriber each) {
            return new SubscriberView(
                    each.id().value(),
                    each.attributes().shown(),
                    each.createdAt(),
                    each.updatedAt(),
                    each.updatedBy(),
                    each.version());
        }
    }

    @Schema(name = "Service")
    record ServiceView(
            String id,
            String type,

            @Schema(type = org.eclipse.microprofile.openapi.annotations.enums.SchemaType.OBJECT)
            ObjectNode attributes,

            Instant createdAt,
            Instant updatedAt,
            String updatedBy,
            long version) {
        static ServiceView of(Service each) {
            return new ServiceView(
                    each.id().value(),
                    each.type().value(),
                    each.attributes().shown(),
                    each.createdAt(),
                    each.updatedAt(),
                    each.updatedBy(),
                    each.version());
        }
    }

    /** @param state {@code bound} while it holds a device, {@code waiting} until one shows up, {@code ended} */
    @Schema(name = "Binding")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record BindingView(
            String id,
            String by,
            String value,
            String state,
            List<DeviceId> devices,
            Instant createdAt,
            String createdBy,
            @Nullable Instant endedAt,
            @Nullable String endedBy,
            @Nullable String endedWhy) {
        static BindingView of(Binding each, List<DeviceId> devices) {
            Binding.Ended ended = each.ended();
            return new BindingView(
                    each.id(),
                    each.claim().kind().text(),
                    each.claim().value(),
                    ended != null ? "ended" : devices.isEmpty() ? "waiting" : "bound",
                    devices,
                    each.createdAt(),
                    each.createdBy(),
                    ended == null ? null : ended.at(),
                    ended == null ? null : ended.by(),
                    ended == null ? null : ended.why());
        }
    }

    @Schema(name = "ServiceType")
    record TypeView(
            String name,

            @Schema(type = org.eclipse.microprofile.openapi.annotations.enums.SchemaType.OBJECT)
            ObjectNode attributes) {
        static TypeView of(ServiceType type) {
            return new TypeView(type.name(), ServiceTypes.written(type));
        }
    }
}

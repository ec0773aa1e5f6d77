package org.homeward.provisioning.order.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.homeward.provisioning.order.store.OrderRow;
import org.jspecify.annotations.Nullable;

/** An order as REST shows it. */
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(name = "Order")
public record OrderView(
        String id,
        String deviceId,
        String type,

        @Schema(enumeration = {"queued", "waking", "running", "succeeded", "failed", "unknown", "expired", "cancelled"})
        String state,

        @Schema(type = org.eclipse.microprofile.openapi.annotations.enums.SchemaType.OBJECT) @JsonRawValue @Nullable
        String result,

        @Schema(type = org.eclipse.microprofile.openapi.annotations.enums.SchemaType.OBJECT) @JsonRawValue @Nullable
        String fault,

        @Schema(description = "Why it is in this state, for people") @Nullable
        String detail,

        @Nullable String sessionId,
        String createdBy,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant finishedAt,

        @Schema(
                type = org.eclipse.microprofile.openapi.annotations.enums.SchemaType.ARRAY,
                implementation = AttemptView.class,
                description = "Attempts to make the device call, the newest last")
        @JsonRawValue
        String attempts) {

    static OrderView of(OrderRow row) {
        return new OrderView(
                row.id(),
                row.device(),
                row.type(),
                row.state().toString(),
                row.result(),
                row.fault(),
                row.detail(),
                row.session(),
                row.createdBy(),
                row.createdAt(),
                row.expiresAt(),
                row.finishedAt(),
                row.attempts() == null ? "[]" : row.attempts());
    }
}

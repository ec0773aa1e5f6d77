package org.homeward.provisioning.order.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Encoded;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.homeward.contracts.DeviceId;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.OrderId;
import org.homeward.contracts.order.OrderTask;
import org.homeward.kit.rest.Prefer;
import org.homeward.kit.security.Caller;
import org.homeward.kit.security.Roles;
import org.homeward.provisioning.order.OrderDesk.Wish;
import org.homeward.provisioning.order.store.OrderRow;
import org.jspecify.annotations.Nullable;

/** Makes a device call, and says how that went. */
@Path("/api/devices/{id}/connection-request")
@Tag(name = "Orders")
@Produces(MediaType.APPLICATION_JSON)
public class ConnectionRequestResource {

    /** Its connection requests leave within ten seconds, and the CPE takes up to thirty to begin its session. */
    private static final Duration LIFE = Duration.ofSeconds(60);

    private static final Duration STANDARD_WAIT = Duration.ofSeconds(45);

    /** What an effort as a whole is called whose ways ended differently: the first of these that one of them ended with. */
    private static final List<String> BY_PRECEDENCE = List.of("silent", "refused", "unreachable", "no-address");

    private final OrderPlacing placing;
    private final ObjectMapper json;
    private final Caller caller;

    public ConnectionRequestResource(OrderPlacing placing, ObjectMapper json, Caller caller) {
        this.placing = placing;
        this.json = json;
        this.caller = caller;
    }

    /**
     * How it went.
     *
     * @param outcome {@code connected}; {@code refused}, {@code unreachable}, {@code silent}, {@code no-address};
     *     {@code pending} while nobody knows
     * @param transport by which the device was reached, or the last that was tried; null when it came by itself
     * @param cause for people, of all ways together
     * @param attempts JSON
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    @Schema(name = "ConnectionRequest")
    public record Outcome(
            String orderId,

            @Schema(enumeration = {"connected", "refused", "unreachable", "silent", "no-address", "pending"})
            String outcome,

            @Nullable String transport,
            @Nullable String address,
            @Nullable String cause,
            @Nullable Instant at,

            @Schema(
                    type = SchemaType.ARRAY,
                    implementation = AttemptView.class,
                    description = "Every connection request, the newest last")
            @JsonRawValue
            String attempts) {}

    @POST
    @Blocking
    @RunOnVirtualThread
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR, Roles.SUPPORT})
    @Operation(
            operationId = "requestConnection",
            summary = "Make a device call now, and say by which transport and how it went",
            description = "Takes the likeliest way to the device first, the others a moment later or as soon as one"
                    + " fails. Waits up to 45 seconds for the device's session, or as \"Prefer: wait=N\" says.")
    @APIResponse(
            responseCode = "200",
            description = "It is known how it went",
            content =
                    @Content(
                            schema = @Schema(implementation = Outcome.class),
                            examples = {
                                @ExampleObject(name = "connected", value = Examples.CONNECTED),
                                @ExampleObject(name = "not reached", value = Examples.NOT_REACHED)
                            }))
    @APIResponse(responseCode = "202", description = "It is not known yet; Location names the order to ask")
    @APIResponse(responseCode = "404", description = "The device never called, nor was it registered")
    public CompletionStage<Response> connect(
            @Encoded @PathParam("id") DeviceId id,
            @HeaderParam("Prefer") @Nullable String prefer,
            @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey)
            throws SQLException {
        Prefer wait = Prefer.parse(prefer, placing.longestWait());
        Wish wish = new Wish(
                OrderId.random(),
                new DeviceKey(caller.tenant(), id),
                new OrderTask.Connect(),
                caller.name(),
                LIFE,
                true,
                idempotencyKey,
                "connection-request");
        return placing.placeAndWait(wish, wait.waits() ? wait.maxWait() : STANDARD_WAIT, this::answer);
    }

    private Response answer(OrderRow row) {
        Outcome outcome = outcome(row);
        return Response.status(row.state().isEnd() ? 200 : 202)
                .header(HttpHeaders.LOCATION, "/api/orders/" + row.id())
                .entity(outcome)
                .build();
    }

    private Outcome outcome(OrderRow row) {
        JsonNode result = tree(row.result());
        JsonNode fault = tree(row.fault());
        JsonNode attempts = tree(row.attempts());
        JsonNode last = attempts.isEmpty() ? json.createObjectNode() : attempts.get(attempts.size() - 1);
        boolean connected = result.hasNonNull("outcome");
        String outcome =
                connected ? result.get("outcome").asText() : row.state().isEnd() ? together(attempts) : "pending";
        JsonNode how = connected ? result : last;
        return new Outcome(
                row.id(),
                outcome,
                text(how.path("transport")),
                text(how.path("address")),
                connected ? null : text(fault.path("text")) == null ? row.detail() : text(fault.path("text")),
                row.finishedAt(),
                row.attempts() == null ? "[]" : row.attempts());
    }

    private static String together(JsonNode attempts) {
        Set<String> ends = new HashSet<>();
        attempts.forEach(attempt -> ends.add(attempt.path("outcome").asText()));
        return BY_PRECEDENCE.stream().filter(ends::contains).findFirst().orElse("unreachable");
    }

    private static @Nullable String text(JsonNode node) {
        return node.asText("").isEmpty() ? null : node.asText();
    }

    private JsonNode tree(@Nullable String text) {
        try {
            return text == null ? json.createObjectNode() : json.readTree(text);
        } catch (JacksonException e) {
            throw new IllegalStateException("an order holds what is not JSON", e);
        }
    }
}

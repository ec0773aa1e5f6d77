package org.homeward.provisioning.selfcare.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Encoded;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.homeward.contracts.DeviceId;
import org.homeward.kit.security.Roles;
import org.jspecify.annotations.Nullable;

/** What a subscriber's device is connected to. */
@Path("/api/self-care/devices/{id}/internet")
@Tag(name = "Self-care")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.SUBSCRIBER, Roles.SUPPORT, Roles.OPERATOR, Roles.ADMIN})
public class InternetResource {

    /** The best first; the last is none. */
    private static final List<String> STATES = List.of("Up", "Connecting", "Down", "");

    private final TableReading tables;

    public InternetResource(TableReading tables) {
        this.tables = tables;
    }

    /**
     * @param status {@code Up}, {@code Connecting}, {@code Down}; null where the device does not say
     * @param address outside
     * @param seconds how long it has been so, when the device said so
     * @param since when it became so; null unless the device was asked for this answer
     */
    @Schema(name = "InternetStatus")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record InternetView(
            @Nullable String status,
            @Nullable String address,
            @Nullable Long seconds,
            @Nullable Instant since,
            @Nullable Instant asOf) {}

    @GET
    @Blocking
    @RunOnVirtualThread
    @Operation(
            operationId = "getOwnInternet",
            summary = "Whether an own device is connected to the Internet",
            description = "As far as the model tells." + TableReading.DESCRIPTION)
    @APIResponse(
            responseCode = "200",
            description = "Its connection; of several, one that stands",
            content = @Content(examples = @ExampleObject(name = "connected", value = """
                    {"status": "Up", "address": "198.51.100.7", "seconds": 86400, "since": "2026-01-30T09:00:00Z",
                     "asOf": "2026-01-31T09:00:00Z"}
                    """)))
    @APIResponse(responseCode = "404", description = "There is no such device, or it is not yours")
    @APIResponse(responseCode = "422", description = "Nobody has said where this model tells its connections")
    public CompletionStage<InternetView> internet(
            @Encoded @PathParam("id") DeviceId id, @HeaderParam("Prefer") @Nullable String prefer) throws SQLException {
        return tables.read(id, "internet", prefer, InternetResource::best);
    }

    private static InternetView best(List<Map<String, String>> rows, @Nullable Instant asOf) {
        Map<String, String> row = rows.stream()
                .filter(each -> !"false".equals(each.get("enabled")))
                .min(Comparator.comparing(each -> STATES.indexOf(each.getOrDefault("status", ""))))
                .orElse(Map.of());
        String seconds = row.get("seconds");
        Long lasting = seconds == null ? null : Long.valueOf(seconds);
        return new InternetView(
                row.get("status"),
                row.get("address"),
                lasting,
                asOf == null || lasting == null ? null : asOf.minusSeconds(lasting),
                asOf);
    }
}

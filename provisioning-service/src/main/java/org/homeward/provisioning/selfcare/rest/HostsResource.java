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

/** What is connected to a subscriber's device. */
@Path("/api/self-care/devices/{id}/hosts")
@Tag(name = "Self-care")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.SUBSCRIBER, Roles.SUPPORT, Roles.OPERATOR, Roles.ADMIN})
public class HostsResource {

    private final TableReading tables;

    public HostsResource(TableReading tables) {
        this.tables = tables;
    }

    /**
     * @param asOf when the device said so, where it was asked for this answer; null where it is what it reported last
     */
    @Schema(name = "ConnectedHosts")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record HostsView(List<HostView> hosts, @Nullable Instant asOf) {}

    /**
     * Null for what the device does not say.
     *
     * @param medium {@code Wi-Fi}, {@code Ethernet}
     * @param network that it is connected by, as in {@code wifi}; null for a wire
     * @param signal in dBm, as the device hears it
     */
    @Schema(name = "ConnectedHost")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record HostView(
            @Nullable String name,
            @Nullable String mac,
            @Nullable String address,
            @Nullable Boolean active,
            @Nullable String medium,
            @Nullable String network,
            @Nullable Integer signal) {

        static HostView of(Map<String, String> row) {
            return new HostView(
                    row.get("name"),
                    row.get("mac"),
                    row.get("address"),
                    row.containsKey("active") ? Boolean.valueOf(row.get("active")) : null,
                    row.get("medium"),
                    row.get("network"),
                    number(row.get("signal")));
        }
    }

    private static @Nullable Integer number(@Nullable String text) {
        return text == null ? null : Integer.valueOf(text);
    }

    @GET
    @Blocking
    @RunOnVirtualThread
    @Operation(
            operationId = "listOwnHosts",
            summary = "What is connected to an own device, and how well its radio hears it",
            description = "Those that are connected now come first." + TableReading.DESCRIPTION)
    @APIResponse(
            responseCode = "200",
            description = "The hosts that the device knows",
            content = @Content(examples = @ExampleObject(name = "one host", value = """
                    {"hosts": [{"name": "phone", "mac": "02:aa:10:00:00:01", "address": "192.168.1.21",
                      "active": true, "medium": "Wi-Fi", "network": "2.4GHz", "signal": -58}], "asOf": null}
                    """)))
    @APIResponse(responseCode = "404", description = "There is no such device, or it is not yours")
    @APIResponse(responseCode = "422", description = "Nobody has said where this model tells its hosts")
    public CompletionStage<HostsView> hosts(
            @Encoded @PathParam("id") DeviceId id, @HeaderParam("Prefer") @Nullable String prefer) throws SQLException {
        return tables.read(
                id,
                "hosts",
                prefer,
                (rows, asOf) -> new HostsView(
                        rows.stream()
                                .map(HostView::of)
                                .sorted(Comparator.comparing(host -> !Boolean.TRUE.equals(host.active())))
                                .toList(),
                        asOf));
    }
}

package org.homeward.registry.selfcare.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Encoded;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.homeward.contracts.DeviceId;
import org.homeward.kit.rest.Limit;
import org.homeward.kit.rest.Page;
import org.homeward.kit.rest.Problem;
import org.homeward.kit.security.Caller;
import org.homeward.kit.security.Roles;
import org.homeward.registry.inventory.Device;
import org.homeward.registry.inventory.rest.Visible;
import org.homeward.registry.selfcare.OwnDevices;
import org.jspecify.annotations.Nullable;

/** The devices of the subscriber who asks. */
@Path("/api/self-care/devices")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Self-care")
@RolesAllowed(Roles.SUBSCRIBER)
@RunOnVirtualThread
public class SelfCareDeviceResource {

    private static final String EXAMPLE = """
            {"id": "00259E-HG8245H-48575443A1B2", "manufacturer": "Huawei", "productClass": "HG8245H",
             "serialNumber": "48575443A1B2", "softwareVersion": "V3R017C10", "online": "online",
             "lastInform": "2026-01-31T09:00:00Z"}
            """;

    private final OwnDevices own;
    private final Visible visible;
    private final Caller caller;

    @Inject
    public SelfCareDeviceResource(OwnDevices own, Visible visible, Caller caller) {
        this.own = own;
        this.visible = visible;
        this.caller = caller;
    }

    /** @param online {@code online}, {@code offline}, or {@code unknown} before first contact */
    @Schema(name = "OwnDevice")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record OwnDevice(
            DeviceId id,
            String manufacturer,
            String productClass,
            String serialNumber,
            String softwareVersion,
            String online,
            @Nullable Instant lastInform) {
        static OwnDevice of(Device device) {
            return new OwnDevice(
                    device.id(),
                    device.manufacturer(),
                    device.productClass(),
                    device.serialNumber(),
                    device.softwareVersion(),
                    device.online().state(),
                    device.lastInform());
        }
    }

    @GET
    @Operation(summary = "The subscriber's own devices")
    @APIResponse(
            responseCode = "200",
            description = "A page of devices",
            content =
                    @Content(
                            examples =
                                    @ExampleObject(
                                            name = "page",
                                            value = "{\"items\": [" + EXAMPLE + "], \"next\": null}")))
    public Page<OwnDevice> list(
            @Parameter(description = "1 to 500") @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor)
            throws SQLException {
        return own.list(caller.tenant(), visible.self(), Limit.parse(limit).value(), cursor)
                .map(OwnDevice::of);
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One of the subscriber's own devices")
    @APIResponse(
            responseCode = "200",
            description = "The device",
            content = @Content(examples = @ExampleObject(name = "device", value = EXAMPLE)))
    @APIResponse(responseCode = "404", description = "There is no such device, or it is not yours")
    public OwnDevice get(@Encoded @PathParam("id") DeviceId id) throws SQLException {
        return own.find(visible.key(id), visible.self())
                .map(OwnDevice::of)
                .orElseThrow(() -> Problem.notFound("device", id).exception());
    }
}

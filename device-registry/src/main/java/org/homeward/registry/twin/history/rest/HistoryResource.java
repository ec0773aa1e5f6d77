package org.homeward.registry.twin.history.rest;

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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.homeward.contracts.DeviceId;
import org.homeward.kit.rest.Limit;
import org.homeward.kit.rest.Page;
import org.homeward.kit.security.Roles;
import org.homeward.registry.inventory.rest.Visible;
import org.homeward.registry.twin.history.store.ChangeSearch;
import org.homeward.registry.twin.history.store.ChangeSearch.ValueChange;
import org.homeward.registry.twin.rest.PathParameter;
import org.jspecify.annotations.Nullable;

/** How the reported values of a device changed. */
@Path("/api/devices/{id}/history")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Parameters")
@RolesAllowed({Roles.ADMIN, Roles.OPERATOR, Roles.SUPPORT, Roles.FIELD, Roles.AUDITOR, Roles.SUBSCRIBER})
@RunOnVirtualThread
public class HistoryResource {

    private final ChangeSearch changes;
    private final Visible visible;

    @Inject
    public HistoryResource(ChangeSearch changes, Visible visible) {
        this.changes = changes;
        this.visible = visible;
    }

    @GET
    @Operation(
            summary = "How reported values changed, newest first",
            description =
                    "Changes since the device was first discovered; counters and clocks are left out, and so are values of secrets. Long values are cut.")
    @APIResponse(
            responseCode = "200",
            description = "A page of changes",
            content = @Content(examples = @ExampleObject(name = "page", value = """
                                    {"items": [{"at": "2026-01-31T08:00:00Z", "session": "1f0c",
                                      "path": "Device.WiFi.SSID.1.SSID", "before": "home", "after": "castle"}],
                                     "next": null}
                                    """)))
    public Page<ValueChange> history(
            @Encoded @PathParam("id") DeviceId id,
            @Parameter(
                            description = "Partial path, which ends in a dot, or one parameter; all without",
                            example = "Device.WiFi.")
                    @QueryParam("path")
                    @Nullable
                    String path,
            @Parameter(description = "1 to 500") @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor)
            throws SQLException {
        String wanted = PathParameter.read(path);
        int most = Limit.parse(limit).value();
        visible.require(id);
        return changes.list(visible.key(id), wanted, most, cursor);
    }
}

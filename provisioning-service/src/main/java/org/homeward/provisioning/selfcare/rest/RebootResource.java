package org.homeward.provisioning.selfcare.rest;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Encoded;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.homeward.contracts.DeviceId;
import org.homeward.contracts.OrderId;
import org.homeward.contracts.order.OrderTask.Perform;
import org.homeward.contracts.plan.Action;
import org.homeward.contracts.rpc.Rpc;
import org.homeward.kit.security.Roles;
import org.jspecify.annotations.Nullable;

/** Lets a subscriber restart its device. */
@Path("/api/self-care/devices/{id}/reboot")
@Tag(name = "Self-care")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.SUBSCRIBER, Roles.SUPPORT, Roles.OPERATOR, Roles.ADMIN})
public class RebootResource {

    private final OwnDevices own;
    private final Actions actions;

    public RebootResource(OwnDevices own, Actions actions) {
        this.own = own;
        this.actions = actions;
    }

    @POST
    @Blocking
    @RunOnVirtualThread
    @Operation(operationId = "rebootOwnDevice", summary = "Restart an own device")
    @APIResponse(responseCode = "200", description = "It has restarted; only with Prefer: wait")
    @APIResponse(
            responseCode = "202",
            description = "It will restart; Location tells how far it is",
            content = @Content(examples = @ExampleObject(name = "receipt", value = Actions.RECEIPT)))
    @APIResponse(responseCode = "404", description = "There is no such device, or it is not yours")
    public CompletionStage<Response> reboot(
            @Encoded @PathParam("id") DeviceId id,
            @HeaderParam("Prefer") @Nullable String prefer,
            @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey)
            throws SQLException {
        OrderId order = OrderId.random();
        return actions.begin(
                own.toChange(id),
                order,
                new Perform("reboot", new Action.Call(new Rpc.Reboot(key(order)))),
                "Restart",
                prefer,
                idempotencyKey);
    }

    /** CommandKey has at most 32 characters: a UUID without its hyphens. */
    private static String key(OrderId order) {
        String letters = order.value().replace("-", "");
        return letters.substring(0, Math.min(letters.length(), 32));
    }
}

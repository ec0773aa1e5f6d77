package org.homeward.provisioning.selfcare.rest;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Encoded;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.homeward.contracts.DeviceId;
import org.homeward.contracts.OrderId;
import org.homeward.kit.rest.Problem;
import org.homeward.kit.security.Roles;
import org.homeward.provisioning.order.store.OrderRepository;
import org.homeward.provisioning.selfcare.rest.Actions.ActionView;
import org.homeward.provisioning.selfcare.rest.OwnDevices.Access;
import org.homeward.provisioning.selfcare.store.PersonalDesk;

/** How far something is that a subscriber asked of a device. */
@Path("/api/self-care/devices/{id}/actions/{action}")
@Tag(name = "Self-care")
@Produces(MediaType.APPLICATION_JSON)
public class ActionResource {

    private final OwnDevices own;
    private final PersonalDesk desk;
    private final OrderRepository orders;

    public ActionResource(OwnDevices own, PersonalDesk desk, OrderRepository orders) {
        this.own = own;
        this.desk = desk;
        this.orders = orders;
    }

    @GET
    @Blocking
    @RunOnVirtualThread
    @RolesAllowed({Roles.SUBSCRIBER, Roles.SUPPORT, Roles.OPERATOR, Roles.ADMIN})
    @Operation(operationId = "getSelfCareAction", summary = "How far something is that was asked of an own device")
    @APIResponse(
            responseCode = "200",
            description = "Its state, and what was measured",
            content = @Content(examples = @ExampleObject(name = "under way", value = Actions.RECEIPT)))
    @APIResponse(responseCode = "404", description = "There is no such device or action, or it is not yours")
    public ActionView get(@Encoded @PathParam("id") DeviceId id, @PathParam("action") OrderId action)
            throws SQLException {
        Access access = own.toSee(id);
        if (!desk.isOf(access.device(), access.owner(), action)) {
            throw Problem.notFound("action", action).exception();
        }
        return orders.of(access.device().tenant(), action)
                .map(ActionView::of)
                .orElseThrow(() -> Problem.notFound("action", action).exception());
    }
}

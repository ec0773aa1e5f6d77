package org.homeward.provisioning.order.rest;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Encoded;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.homeward.contracts.DeviceId;
import org.homeward.contracts.OrderId;
import org.homeward.kit.rest.Page;
import org.homeward.kit.rest.Problem;
import org.homeward.kit.security.Caller;
import org.homeward.kit.security.Roles;
import org.homeward.provisioning.order.OrderState;
import org.homeward.provisioning.order.store.OrderRepository;
import org.homeward.provisioning.order.store.OrderRow;
import org.jspecify.annotations.Nullable;

/** Orders of all devices. */
@Path("/api/orders")
@Tag(name = "Orders")
@Produces(MediaType.APPLICATION_JSON)
public class OrdersResource {

    private final OrderRepository orders;
    private final OrderLists lists;
    private final OrderPlacing placing;
    private final Caller caller;

    public OrdersResource(OrderRepository orders, OrderLists lists, OrderPlacing placing, Caller caller) {
        this.orders = orders;
        this.lists = lists;
        this.placing = placing;
        this.caller = caller;
    }

    @GET
    @Blocking
    @RunOnVirtualThread
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR, Roles.SUPPORT, Roles.FIELD, Roles.AUDITOR})
    @Operation(operationId = "listOrders", summary = "List orders of all devices, newest first")
    public Page<OrderView> list(
            @Encoded @QueryParam("device") @Nullable DeviceId device,
            @QueryParam("state") @Nullable String state,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        return lists.list(caller.tenant(), device, OrderLists.state(state), limit, cursor);
    }

    @GET
    @Blocking
    @RunOnVirtualThread
    @Path("/{id}")
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR, Roles.SUPPORT, Roles.FIELD, Roles.AUDITOR})
    @Operation(operationId = "getOrder", summary = "Read an order: its state, and its result or fault")
    @APIResponse(
            responseCode = "200",
            content =
                    @Content(
                            schema = @Schema(implementation = OrderView.class),
                            examples = @ExampleObject(name = "done", value = Examples.SUCCEEDED)))
    @APIResponse(responseCode = "404", description = "There is no such order")
    public OrderView get(@PathParam("id") OrderId id) {
        return OrderView.of(find(id));
    }

    @DELETE
    @Blocking
    @RunOnVirtualThread
    @Path("/{id}")
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR, Roles.SUPPORT})
    @Operation(operationId = "cancelOrder", summary = "Cancel an order that has not begun")
    @APIResponse(
            responseCode = "200",
            description = "It is cancelled",
            content = @Content(schema = @Schema(implementation = OrderView.class)))
    @APIResponse(responseCode = "202", description = "It will be, unless it has begun; read it again")
    @APIResponse(responseCode = "409", description = "It runs or has ended")
    public CompletionStage<Response> cancel(@PathParam("id") OrderId id) throws SQLException {
        OrderRow row = find(id);
        requireCancellable(row);
        return placing.cancel(row, caller.name(), OrdersResource::cancelled);
    }

    private static Response cancelled(OrderRow row) {
        if (row.state() == OrderState.CANCELLED) {
            return Response.ok(OrderView.of(row)).build();
        }
        requireCancellable(row);
        return Response.accepted(OrderView.of(row)).build();
    }

    private static void requireCancellable(OrderRow row) {
        if (row.state() == OrderState.RUNNING || row.state().isEnd()) {
            throw Problem.conflict("The order is " + row.state() + "; only one that waits can be cancelled.")
                    .exception();
        }
    }

    private OrderRow find(OrderId id) {
        return orders.of(caller.tenant(), id)
                .orElseThrow(() -> Problem.notFound("order", id).exception());
    }
}

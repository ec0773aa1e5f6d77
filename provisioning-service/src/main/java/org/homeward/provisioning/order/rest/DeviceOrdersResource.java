package org.homeward.provisioning.order.rest;

import com.fasterxml.jackson.core.JacksonException;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.Encoded;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.homeward.contracts.DeviceId;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.OrderId;
import org.homeward.kit.rest.Page;
import org.homeward.kit.rest.Prefer;
import org.homeward.kit.rest.Problem;
import org.homeward.kit.security.Caller;
import org.homeward.kit.security.Roles;
import org.homeward.provisioning.order.OrderDesk.Wish;
import org.homeward.provisioning.order.store.OrderRow;
import org.jspecify.annotations.Nullable;

/** The orders of one device. */
@Path("/api/devices/{id}/orders")
@Tag(name = "Orders")
@Produces(MediaType.APPLICATION_JSON)
public class DeviceOrdersResource {

    private final OrderPlacing placing;
    private final OrderTasks tasks;
    private final OrderLists lists;
    private final Caller caller;

    public DeviceOrdersResource(OrderPlacing placing, OrderTasks tasks, OrderLists lists, Caller caller) {
        this.placing = placing;
        this.tasks = tasks;
        this.lists = lists;
        this.caller = caller;
    }

    @POST
    @Blocking
    @RunOnVirtualThread
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR, Roles.SUPPORT})
    @Operation(
            operationId = "placeOrder",
            summary = "Place an order on a device",
            description =
                    "The device is asked to call at once unless \"wake\" is false; otherwise the order waits for its"
                            + " next session. With \"Prefer: wait=20\" the answer comes when the order has ended, or 202"
                            + " after 20 seconds. Values of passwords and keys are encrypted at once and never shown"
                            + " again. The role support may read, refresh, setParameterValues, scheduleInform, reboot and"
                            + " run diagnostics; all other types take the role operator or admin.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(type = SchemaType.OBJECT, requiredProperties = "type"),
                            examples = {
                                @ExampleObject(
                                        name = "set a value",
                                        value =
                                                "{\"type\":\"setParameterValues\",\"values\":{\"Device.WiFi.SSID.1.SSID\":\"home\"}}"),
                                @ExampleObject(
                                        name = "read values",
                                        value =
                                                "{\"type\":\"getParameterValues\",\"paths\":[\"Device.DeviceInfo.\"],\"expiresIn\":\"PT10M\"}"),
                                @ExampleObject(
                                        name = "add an object",
                                        value =
                                                "{\"type\":\"addObject\",\"object\":\"Device.NAT.PortMapping.\",\"values\":{\"ExternalPort\":{\"value\":8443,\"type\":\"unsignedInt\"}}}"),
                                @ExampleObject(name = "download in a time window", value = Examples.SCHEDULE_DOWNLOAD),
                                @ExampleObject(name = "install software", value = Examples.CHANGE_DU_STATE),
                                @ExampleObject(
                                        name = "let it ping",
                                        value = "{\"type\":\"ping\",\"host\":\"192.0.2.1\",\"repetitions\":5}"),
                                @ExampleObject(
                                        name = "let it listen who else is on the air",
                                        value = "{\"type\":\"wifiScan\"}"),
                                @ExampleObject(name = "read all again", value = "{\"type\":\"refresh\"}"),
                                @ExampleObject(name = "reboot", value = "{\"type\":\"reboot\",\"wake\":true}")
                            }))
    @APIResponse(
            responseCode = "200",
            description = "It has ended; only with Prefer: wait",
            content =
                    @Content(
                            schema = @Schema(implementation = OrderView.class),
                            examples = @ExampleObject(name = "done", value = Examples.SUCCEEDED)))
    @APIResponse(
            responseCode = "202",
            description = "It is placed; Location names it",
            content =
                    @Content(
                            schema = @Schema(implementation = OrderView.class),
                            examples = @ExampleObject(name = "placed", value = Examples.QUEUED)))
    @APIResponse(responseCode = "400", description = "A field is wrong; the problem names it")
    @APIResponse(responseCode = "403", description = "The caller's role may not place orders of this type")
    @APIResponse(responseCode = "404", description = "The device never called, nor was it registered")
    @APIResponse(responseCode = "422", description = "There is no mapping of a Wi-Fi scan for the device's model")
    public CompletionStage<Response> place(
            @Encoded @PathParam("id") DeviceId id,
            @HeaderParam("Prefer") @Nullable String prefer,
            @HeaderParam("Idempotency-Key")
                    @Parameter(description = "The same request with the same key is one order")
                    @Nullable
                    String idempotencyKey,
            byte @Nullable [] body)
            throws JacksonException, SQLException {
        String text = text(body);
        OrderReader.Read read = OrderReader.read(text);
        requireAllowed(read);
        OrderId order = OrderId.random();
        DeviceKey device = new DeviceKey(caller.tenant(), id);
        Wish wish = new Wish(
                order,
                device,
                tasks.task(order, device, read, caller.token()),
                caller.name(),
                placing.expiresIn(read.body().expiresIn()),
                read.body().wake() == null || read.body().wake(),
                idempotencyKey,
                text);
        Prefer wait = Prefer.parse(prefer, placing.longestWait());
        return wait.waits()
                ? placing.placeAndWait(wish, wait.maxWait(), DeviceOrdersResource::answer)
                : CompletableFuture.completedStage(placing.place(wish, DeviceOrdersResource::answer));
    }

    private void requireAllowed(OrderReader.Read read) {
        if (!read.body().doesNoHarm() && !caller.has(Roles.OPERATOR) && !caller.has(Roles.ADMIN)) {
            throw Problem.forbidden("type", read.type() + " takes the role operator or admin")
                    .exception();
        }
    }

    private static String text(byte @Nullable [] body) {
        if (body == null || body.length == 0) {
            throw Problem.invalid("body", "is missing").exception();
        }
        if (body.length > OrderReader.LARGEST) {
            throw Problem.ofStatus(413, "The body is larger than " + OrderReader.LARGEST + " bytes.")
                    .exception();
        }
        return new String(body, StandardCharsets.UTF_8);
    }

    static Response answer(OrderRow row) {
        return Response.status(row.state().isEnd() ? 200 : 202)
                .header(HttpHeaders.LOCATION, "/api/orders/" + row.id())
                .entity(OrderView.of(row))
                .build();
    }

    @GET
    @Blocking
    @RunOnVirtualThread
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR, Roles.SUPPORT, Roles.FIELD, Roles.AUDITOR})
    @Operation(operationId = "listDeviceOrders", summary = "List a device's orders, newest first")
    public Page<OrderView> list(
            @Encoded @PathParam("id") DeviceId id,
            @QueryParam("state") @Nullable String state,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        return lists.list(caller.tenant(), id, OrderLists.state(state), limit, cursor);
    }
}

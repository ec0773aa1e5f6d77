package org.homeward.provisioning.selfcare.rest;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.Encoded;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.homeward.contracts.DeviceId;
import org.homeward.contracts.OrderId;
import org.homeward.contracts.order.OrderTask.Diagnose;
import org.homeward.contracts.order.OrderTask.Diagnostic;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.ValueType;
import org.homeward.kit.rest.Problem;
import org.homeward.kit.security.Roles;
import org.homeward.provisioning.ProvisioningConfig;
import org.homeward.provisioning.selfcare.rest.OwnDevices.Access;
import org.jspecify.annotations.Nullable;

/** Lets a subscriber's device measure how soon a host answers. */
@Path("/api/self-care/devices/{id}/ping")
@Tag(name = "Self-care")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.SUBSCRIBER, Roles.SUPPORT, Roles.OPERATOR, Roles.ADMIN})
public class PingResource {

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.:-]{0,253}[A-Za-z0-9])?");
    private static final int PINGS = 5;

    private final OwnDevices own;
    private final Actions actions;
    private final ProvisioningConfig config;

    public PingResource(OwnDevices own, Actions actions, ProvisioningConfig config) {
        this.own = own;
        this.actions = actions;
        this.config = config;
    }

    /** @param host name or address; what the operator says, if left out */
    public record Ping(@Nullable String host) {}

    @POST
    @Blocking
    @RunOnVirtualThread
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "pingFromOwnDevice",
            summary = "Let an own device measure how soon a host answers",
            description = "Location tells how far it is, and what was measured.")
    @RequestBody(content = @Content(examples = @ExampleObject(name = "ping", value = "{\"host\":\"192.0.2.1\"}")))
    @APIResponse(
            responseCode = "202",
            description = "It has begun",
            content = @Content(examples = @ExampleObject(name = "receipt", value = Actions.RECEIPT)))
    @APIResponse(responseCode = "400", description = "The host is none")
    @APIResponse(responseCode = "404", description = "There is no such device, or it is not yours")
    public CompletionStage<Response> ping(
            @Encoded @PathParam("id") DeviceId id,
            @HeaderParam("Prefer") @Nullable String prefer,
            @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey,
            @Nullable Ping body)
            throws SQLException {
        Access access = own.toChange(id);
        String host = body == null || body.host() == null ? config.selfCare().pingHost() : body.host();
        if (!HOST.matcher(host).matches()) {
            throw Problem.invalid("host", "is neither the name nor the address of a host")
                    .exception();
        }
        Diagnose task = new Diagnose(
                "ping", Diagnostic.PING, List.of(text("Host", host), number("NumberOfRepetitions", PINGS)));
        return actions.begin(access, OrderId.random(), task, "Ping to " + host, prefer, idempotencyKey);
    }

    static ParameterValue text(String name, String value) {
        return new ParameterValue(name, value, ValueType.STRING);
    }

    static ParameterValue number(String name, long value) {
        return new ParameterValue(name, Long.toString(value), ValueType.UNSIGNED_INT);
    }
}

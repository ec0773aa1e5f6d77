package org.homeward.provisioning.selfcare.rest;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.Encoded;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.homeward.contracts.DeviceId;
import org.homeward.contracts.OrderId;
import org.homeward.contracts.order.OrderTask.Settle;
import org.homeward.kit.rest.Problem;
import org.homeward.kit.security.Roles;
import org.homeward.provisioning.selfcare.WiFiChange;
import org.homeward.provisioning.selfcare.WiFiChange.Chosen;
import org.homeward.provisioning.selfcare.WiFiField;
import org.homeward.provisioning.selfcare.rest.OwnDevices.Access;
import org.homeward.provisioning.selfcare.rest.WiFiViews.WiFiView;
import org.homeward.provisioning.selfcare.store.PersonalDesk;
import org.jspecify.annotations.Nullable;

/** The Wi-Fi networks of a subscriber's device. */
@Path("/api/self-care/devices/{id}/wifi")
@Tag(name = "Self-care")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.SUBSCRIBER, Roles.SUPPORT, Roles.OPERATOR, Roles.ADMIN})
public class WiFiResource {

    private static final int LARGEST = 16 * 1024;
    private static final String EXAMPLE = """
            {"networks": {"2.4GHz": {"band": "2.4GHz", "guest": false, "name": "home", "enabled": true,
              "security": "WPA2-Personal", "channel": "Auto", "channels": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13],
              "password": null,
              "chosen": {"name": {"value": "home", "state": "verified", "at": "2026-01-31T09:00:00Z"},
                         "password": {"value": null, "state": "verified", "at": "2026-01-31T09:00:00Z"}},
              "declined": {}}}}
            """;

    private final OwnDevices own;
    private final WiFiViews views;
    private final WiFiRules rules;
    private final PersonalDesk desk;
    private final Actions actions;
    private final ObjectMapper json;

    public WiFiResource(
            OwnDevices own, WiFiViews views, WiFiRules rules, PersonalDesk desk, Actions actions, ObjectMapper json) {
        this.own = own;
        this.views = views;
        this.rules = rules;
        this.desk = desk;
        this.actions = actions;
        this.json = json;
    }

    @GET
    @Blocking
    @RunOnVirtualThread
    @Operation(
            operationId = "getOwnWiFi",
            summary = "The Wi-Fi networks of an own device",
            description = "What the device reports, and what of it the subscriber chose. Passwords are not told, unless"
                    + " the tenant allows it of those that the subscriber chose.")
    @APIResponse(
            responseCode = "200",
            description = "Networks by name: 2.4GHz, 5GHz, 6GHz, guest, guest5GHz; those that the model has",
            content = @Content(examples = @ExampleObject(name = "one network", value = EXAMPLE)))
    @APIResponse(responseCode = "404", description = "There is no such device, or it is not yours")
    @APIResponse(responseCode = "429", description = "Too many calls; Retry-After says when there may be more")
    public WiFiView get(@Encoded @PathParam("id") DeviceId id) throws SQLException {
        return views.of(own.toSee(id));
    }

    @PATCH
    @Blocking
    @RunOnVirtualThread
    @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
    @Operation(
            operationId = "changeOwnWiFi",
            summary = "Change Wi-Fi networks of an own device",
            description =
                    "What is given is kept as the subscriber's own setting, which every device of the subscriber gets,"
                            + " whatever its model, after a factory reset too. null takes it back. The device is called,"
                            + " told, and asked whether it is so; the answer comes when that is done, or as a receipt"
                            + " after 5 seconds, or what \"Prefer: wait\" says.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(type = SchemaType.OBJECT, requiredProperties = "networks"),
                            examples = {
                                @ExampleObject(
                                        name = "name and password",
                                        value =
                                                "{\"networks\":{\"2.4GHz\":{\"name\":\"home\",\"password\":\"correct horse\"}}}"),
                                @ExampleObject(
                                        name = "channel, and guests off",
                                        value =
                                                "{\"networks\":{\"5GHz\":{\"channel\":44},\"guest\":{\"enabled\":false}}}")
                            }))
    @APIResponse(responseCode = "200", description = "The device has taken it and confirmed it")
    @APIResponse(
            responseCode = "202",
            description = "It is kept and will be done; Location tells how far it is",
            content = @Content(examples = @ExampleObject(name = "receipt", value = Actions.RECEIPT)))
    @APIResponse(responseCode = "400", description = "A field is wrong; the problem names it")
    @APIResponse(responseCode = "404", description = "There is no such device, or it is not yours")
    @APIResponse(responseCode = "409", description = "The operator decides this")
    @APIResponse(responseCode = "422", description = "This model can't, or the device declined; the problem names it")
    @APIResponse(responseCode = "429", description = "Too many changes; Retry-After says when there may be more")
    public CompletionStage<Response> change(
            @Encoded @PathParam("id") DeviceId id,
            @HeaderParam("Prefer") @Nullable String prefer,
            byte @Nullable [] body)
            throws SQLException {
        Access access = own.toChange(id);
        WiFiChange change = WiFiChange.of(tree(body));
        if (!change.errors().isEmpty()) {
            throw Problem.invalid(change.errors().stream()
                            .map(error -> new Problem.FieldError(error.field(), error.message()))
                            .toList())
                    .exception();
        }
        rules.require(access, change.chosen());
        List<String> names = change.chosen().stream().map(Chosen::capability).toList();
        String what = "Wi-Fi: "
                + String.join(", ", names.stream().map(WiFiField::words).toList());
        return actions.place(
                access,
                actions.wish(OrderId.random(), access, new Settle(Settle.PERSONAL, names), null, ""),
                wish -> desk.choose(wish, access.doing(what), change.chosen()),
                prefer);
    }

    private JsonNode tree(byte @Nullable [] body) {
        if (body == null || body.length == 0 || body.length > LARGEST) {
            throw Problem.invalid("body", "is not a JSON object of at most " + LARGEST + " bytes")
                    .exception();
        }
        try {
            return json.readTree(body);
        } catch (JacksonException e) {
            throw Problem.invalid("body", "is not JSON").exception();
        } catch (IOException e) {
            throw Problem.invalid("body", "can't be read").exception();
        }
    }
}

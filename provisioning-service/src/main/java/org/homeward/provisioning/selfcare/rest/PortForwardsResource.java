package org.homeward.provisioning.selfcare.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.Encoded;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
import org.homeward.provisioning.capability.Capabilities;
import org.homeward.provisioning.capability.TableMeaning;
import org.homeward.provisioning.plan.events.ProvisioningOutbox;
import org.homeward.provisioning.profile.PersonalSettings;
import org.homeward.provisioning.selfcare.PortForwards;
import org.homeward.provisioning.selfcare.WiFiChange.Chosen;
import org.homeward.provisioning.selfcare.rest.OwnDevices.Access;
import org.homeward.provisioning.selfcare.store.PersonalDesk;
import org.jspecify.annotations.Nullable;

/** The ports of a subscriber's device that lead to hosts inside. */
@Path("/api/self-care/devices/{id}/port-forwards")
@Tag(name = "Self-care")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.SUBSCRIBER, Roles.SUPPORT, Roles.OPERATOR, Roles.ADMIN})
public class PortForwardsResource {

    private static final String EXAMPLE = """
            {"portForwards": [{"port": 8443, "protocol": "TCP", "toAddress": "192.168.1.20", "toPort": 443,
              "enabled": true, "description": "camera"}]}
            """;

    private final OwnDevices own;
    private final Reported reported;
    private final Capabilities capabilities;
    private final PersonalDesk desk;
    private final Actions actions;
    private final ProvisioningOutbox voice;

    public PortForwardsResource(
            OwnDevices own,
            Reported reported,
            Capabilities capabilities,
            PersonalDesk desk,
            Actions actions,
            ProvisioningOutbox voice) {
        this.own = own;
        this.reported = reported;
        this.capabilities = capabilities;
        this.desk = desk;
        this.actions = actions;
        this.voice = voice;
    }

    /** Null for what the device does not say. */
    @Schema(name = "PortForward")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record ForwardView(
            @Nullable Integer port,
            @Nullable String protocol,
            @Nullable String toAddress,
            @Nullable Integer toPort,
            @Nullable Boolean enabled,
            @Nullable String description) {

        static ForwardView of(Map<String, String> row) {
            return new ForwardView(
                    number(row.get("port")),
                    row.get("protocol"),
                    row.get("toAddress"),
                    number(row.get("toPort")),
                    row.containsKey("enabled") ? Boolean.valueOf(row.get("enabled")) : null,
                    row.get("description"));
        }

        private static @Nullable Integer number(@Nullable String text) {
            return text == null ? null : Integer.valueOf(text);
        }
    }

    /**
     * @param portForwards as the device reports them
     * @param declined why the device did not take what was chosen last; null where it did
     */
    @Schema(name = "PortForwards")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record ForwardsView(
            List<ForwardView> portForwards, @Nullable String declined) {}

    @GET
    @Blocking
    @RunOnVirtualThread
    @Operation(operationId = "listOwnPortForwards", summary = "Ports of an own device that lead to hosts inside")
    @APIResponse(
            responseCode = "200",
            description = "As the device reported them last",
            content = @Content(examples = @ExampleObject(name = "one", value = EXAMPLE)))
    @APIResponse(responseCode = "404", description = "There is no such device, or it is not yours")
    @APIResponse(responseCode = "422", description = "Nobody has said where this model tells them")
    public ForwardsView list(@Encoded @PathParam("id") DeviceId id) throws SQLException {
        Access access = own.toSee(id);
        TableMeaning.Tables tables = tables(access);
        List<ForwardView> rows = tables.rows(reported.values(access, tables.paths())).stream()
                .map(row -> ForwardView.of(row.values()))
                .toList();
        String declined = desk.chosen(access.owner()).stream()
                .filter(row -> row.capability().equals(PortForwards.CAPABILITY))
                .findFirst()
                .map(row -> row.declined())
                .orElse(null);
        return new ForwardsView(rows, declined);
    }

    private TableMeaning.Tables tables(Access access) {
        Instant now = voice.clock().instant();
        return switch (capabilities.table(
                access.ledger().facts(Map.of(), List.of(), now).model(), PortForwards.CAPABILITY)) {
            case TableMeaning.Tables tables -> tables;
            case TableMeaning.None none ->
                throw Problem.unprocessable(PortForwards.CAPABILITY, none.why()).exception();
        };
    }

    @PUT
    @Blocking
    @RunOnVirtualThread
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "setOwnPortForwards",
            summary = "Say which ports of an own device lead to hosts inside",
            description =
                    "All of them: others are removed. Kept as the subscriber's own setting, as the Wi-Fi is; null takes"
                            + " it back, and leaves the device as it is.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(type = SchemaType.OBJECT, requiredProperties = "portForwards"),
                            examples = @ExampleObject(name = "one", value = EXAMPLE)))
    @APIResponse(responseCode = "200", description = "The device has taken it and confirmed it")
    @APIResponse(
            responseCode = "202",
            description = "It is kept and will be done; Location tells how far it is",
            content = @Content(examples = @ExampleObject(name = "receipt", value = Actions.RECEIPT)))
    @APIResponse(responseCode = "400", description = "A field is wrong; the problem names it")
    @APIResponse(responseCode = "404", description = "There is no such device, or it is not yours")
    @APIResponse(responseCode = "422", description = "This model can't, or the device declined")
    public CompletionStage<Response> set(
            @Encoded @PathParam("id") DeviceId id,
            @HeaderParam("Prefer") @Nullable String prefer,
            @Nullable JsonNode body)
            throws SQLException {
        Access access = own.toChange(id);
        JsonNode list = body == null ? null : body.get(PortForwards.CAPABILITY);
        if (body == null || list == null) {
            throw Problem.invalid(PortForwards.CAPABILITY, "is missing").exception();
        }
        String value = null;
        if (!list.isNull()) {
            PortForwards wanted = PortForwards.of(list);
            if (!wanted.errors().isEmpty()) {
                throw Problem.invalid(wanted.errors().stream()
                                .map(error -> new Problem.FieldError(error.field(), error.message()))
                                .toList())
                        .exception();
            }
            tables(access);
            value = PersonalSettings.text(wanted.rows());
        }
        List<Chosen> chosen = List.of(new Chosen(PortForwards.CAPABILITY, value));
        return actions.place(
                access,
                actions.wish(
                        OrderId.random(),
                        access,
                        new Settle(Settle.PERSONAL, List.of(PortForwards.CAPABILITY)),
                        null,
                        ""),
                wish -> desk.choose(wish, access.doing("Port forwards"), chosen),
                prefer);
    }
}

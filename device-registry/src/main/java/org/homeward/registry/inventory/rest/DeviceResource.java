package org.homeward.registry.inventory.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Encoded;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.homeward.contracts.DeviceId;
import org.homeward.kit.rest.IdempotencyKeys;
import org.homeward.kit.rest.IdempotencyKeys.Answer;
import org.homeward.kit.rest.IdempotencyKeys.Claim;
import org.homeward.kit.rest.Limit;
import org.homeward.kit.rest.Page;
import org.homeward.kit.rest.Problem;
import org.homeward.kit.rest.Revision;
import org.homeward.kit.security.Caller;
import org.homeward.kit.security.Roles;
import org.homeward.registry.inventory.Device;
import org.homeward.registry.inventory.Registration;
import org.homeward.registry.inventory.store.DeviceSearch;
import org.homeward.registry.inventory.store.Devices;
import org.jspecify.annotations.Nullable;

/** Devices: search, register, import, look at one, edit, delete. */
@Path("/api/devices")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Devices")
@RunOnVirtualThread
public class DeviceResource {

    private static final String MERGE_PATCH = "application/merge-patch+json";

    private final DeviceSearch search;
    private final Devices devices;
    private final DeviceRemoval removal;
    private final DeviceImport imports;
    private final Visible visible;
    private final Caller caller;
    private final AgroalDataSource database;
    private final ObjectMapper json;

    @Inject
    public DeviceResource(
            DeviceSearch search,
            Devices devices,
            DeviceRemoval removal,
            DeviceImport imports,
            Visible visible,
            Caller caller,
            @DataSource("registry") AgroalDataSource database,
            ObjectMapper json) {
        this.search = search;
        this.devices = devices;
        this.removal = removal;
        this.imports = imports;
        this.visible = visible;
        this.caller = caller;
        this.database = database;
        this.json = json;
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR, Roles.SUPPORT, Roles.FIELD, Roles.AUDITOR, Roles.SUBSCRIBER})
    @Operation(summary = "Search devices")
    @APIResponse(
            responseCode = "200",
            description = "A page of devices",
            content =
                    @Content(
                            examples =
                                    @ExampleObject(
                                            name = "page",
                                            value = "{\"items\": [" + DeviceExamples.DEVICE + "], \"next\": null}")))
    public Page<Device> search(
            @Parameter(
                            description =
                                    "RSQL over id, oui, productClass, serialNumber, manufacturer, softwareVersion, hardwareVersion, tags, subscriberId, online, trace, lastInform, registeredAt, mac, ip",
                            example = "productClass==HG8245H;tags=in=(beta,lab)")
                    @QueryParam("q")
                    @Nullable
                    String q,
            @Parameter(description = "A field, with - before it for descending", example = "-lastInform")
                    @QueryParam("sort")
                    @Nullable
                    String sort,
            @Parameter(description = "1 to 500") @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor)
            throws SQLException {
        return search.search(
                caller.tenant(),
                visible.subscriber(),
                q,
                sort,
                Limit.parse(limit).value(),
                cursor);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR})
    @Operation(
            summary = "Register a device ahead of its first contact",
            description =
                    "Credentials are how the device signs in to the ACS; they are kept encrypted and never shown.")
    @RequestBody(content = @Content(examples = @ExampleObject(name = "device", value = DeviceExamples.NEW_DEVICE)))
    @APIResponse(
            responseCode = "201",
            description = "Registered",
            content = @Content(examples = @ExampleObject(name = "device", value = DeviceExamples.DEVICE)))
    @APIResponse(responseCode = "409", description = "There is such a device already")
    public Response register(
            DeviceInput.@Nullable NewDevice body, @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey)
            throws SQLException {
        if (body == null) {
            throw Problem.invalid("body", "is required").exception();
        }
        Registration registration = body.registration();
        Answer answer = QuarkusTransaction.requiringNew().call(() -> registered(registration, body, idempotencyKey));
        return Response.status(answer.status())
                .location(URI.create(String.valueOf(answer.location())))
                .header(HttpHeaders.ETAG, new Revision(0).tag())
                .type(MediaType.APPLICATION_JSON)
                .entity(answer.body())
                .build();
    }

    private Answer registered(Registration registration, DeviceInput.NewDevice body, @Nullable String idempotencyKey)
            throws SQLException, JsonProcessingException {
        try (Connection connection = database.getConnection()) {
            Claim.First first = null;
            if (idempotencyKey != null) {
                String scope = caller.tenant() + "/" + caller.name() + "/registerDevice";
                switch (IdempotencyKeys.claim(connection, scope, idempotencyKey, json.writeValueAsString(body))) {
                    case Claim.Again again -> {
                        return again.answer();
                    }
                    case Claim.First claimed -> first = claimed;
                }
            }
            if (devices.register(caller.tenant(), List.of(registration), caller.name())
                    .isEmpty()) {
                throw Problem.conflict("There is a device " + registration.device() + " already.")
                        .exception();
            }
            var answer = new Answer(
                    201,
                    location(registration.device()),
                    json.writeValueAsString(visible.require(registration.device())));
            if (first != null) {
                IdempotencyKeys.answer(connection, first, answer);
            }
            return answer;
        }
    }

    /** A device id holds percent signs where its parts held anything special; in a URL these are encoded once more. */
    private static String location(DeviceId id) {
        return "/api/devices/" + id.toString().replace("%", "%25");
    }

    @POST
    @Path("/import")
    @Consumes("text/csv")
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR})
    @Operation(
            summary = "Register many devices from CSV",
            description =
                    "The first line names the columns: oui and serialNumber, and any of productClass, manufacturer, tags (separated by spaces), subscriberId, username, password. Devices that exist stay as they are. The report comes while the file is read.")
    @RequestBody(
            content =
                    @Content(
                            mediaType = "text/csv",
                            examples = @ExampleObject(name = "csv", value = DeviceExamples.CSV)))
    @APIResponse(
            responseCode = "200",
            description = "What became of each line",
            content = @Content(examples = @ExampleObject(name = "report", value = DeviceExamples.REPORT)))
    public Response importCsv(InputStream csv) {
        return Response.ok(imports.report(csv, caller.tenant(), caller.name()), MediaType.APPLICATION_JSON)
                .build();
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR, Roles.SUPPORT, Roles.FIELD, Roles.AUDITOR, Roles.SUBSCRIBER})
    @Operation(summary = "One device: identity, model, versions, tags, subscriber, online state, last events")
    @APIResponse(
            responseCode = "200",
            description = "The device",
            content = @Content(examples = @ExampleObject(name = "device", value = DeviceExamples.DEVICE)))
    @APIResponse(responseCode = "404", description = "There is no such device, or it is not yours")
    public Response get(@Encoded @PathParam("id") DeviceId id) throws SQLException {
        return of(visible.require(id));
    }

    @PATCH
    @Path("/{id}")
    @Consumes({MERGE_PATCH, MediaType.APPLICATION_JSON})
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR})
    @Operation(summary = "Change tags, subscriber or trace of a device (JSON merge patch)")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MERGE_PATCH,
                            examples = @ExampleObject(name = "patch", value = DeviceExamples.PATCH)))
    @APIResponse(
            responseCode = "200",
            description = "The device as it is now",
            content = @Content(examples = @ExampleObject(name = "device", value = DeviceExamples.DEVICE)))
    @APIResponse(responseCode = "412", description = "If-Match names another version")
    public Response patch(
            @Encoded @PathParam("id") DeviceId id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @Nullable JsonNode body)
            throws SQLException {
        if (body == null) {
            throw Problem.invalid("body", "is required").exception();
        }
        if (devices.edit(visible.key(id), DeviceInput.edit(body), ifMatch, caller.name())
                .isEmpty()) {
            throw Problem.notFound("device", id).exception();
        }
        return of(visible.require(id));
    }

    @DELETE
    @Path("/{id}")
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR})
    @Operation(
            summary = "Forget a device: inventory, reported values, history, sessions, credentials",
            description = "If it calls again it is registered anew.")
    @APIResponse(responseCode = "204", description = "Forgotten")
    public void delete(
            @Encoded @PathParam("id") DeviceId id, @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch)
            throws SQLException {
        if (!removal.remove(visible.require(id), visible.key(id), ifMatch, caller.name())) {
            throw Problem.notFound("device", id).exception();
        }
    }

    private static Response of(Device device) {
        return Response.ok(device)
                .header(HttpHeaders.ETAG, new Revision(device.version()).tag())
                .build();
    }
}

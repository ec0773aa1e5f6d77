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
import java.net.URI;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.homeward.contracts.DeviceId;
import org.homeward.contracts.OrderId;
import org.homeward.contracts.order.OrderTask;
import org.homeward.contracts.order.OrderTask.Diagnose;
import org.homeward.contracts.order.OrderTask.Diagnostic;
import org.homeward.kit.rest.Problem;
import org.homeward.kit.security.Roles;
import org.homeward.provisioning.ProvisioningConfig;
import org.homeward.provisioning.selfcare.rest.OwnDevices.Access;
import org.jspecify.annotations.Nullable;

/** Lets a subscriber's device measure how fast its Internet is. */
@Path("/api/self-care/devices/{id}/speed-test")
@Tag(name = "Self-care")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.SUBSCRIBER, Roles.SUPPORT, Roles.OPERATOR, Roles.ADMIN})
public class SpeedTestResource {

    private static final long UPLOAD_BYTES = 10_000_000;

    private final OwnDevices own;
    private final Actions actions;
    private final ProvisioningConfig config;

    public SpeedTestResource(OwnDevices own, Actions actions, ProvisioningConfig config) {
        this.own = own;
        this.actions = actions;
        this.config = config;
    }

    /** @param direction {@code download}, if left out, or {@code upload} */
    public record SpeedTest(@Nullable String direction) {}

    @POST
    @Blocking
    @RunOnVirtualThread
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "testOwnSpeed",
            summary = "Let an own device measure how fast its Internet is (TR-143)",
            description = "Location tells how far it is, and what was measured.")
    @RequestBody(content = @Content(examples = @ExampleObject(name = "upload", value = "{\"direction\":\"upload\"}")))
    @APIResponse(
            responseCode = "202",
            description = "It has begun",
            content = @Content(examples = @ExampleObject(name = "receipt", value = Actions.RECEIPT)))
    @APIResponse(responseCode = "404", description = "There is no such device, or it is not yours")
    @APIResponse(responseCode = "409", description = "The operator offers no such test")
    public CompletionStage<Response> speedTest(
            @Encoded @PathParam("id") DeviceId id,
            @HeaderParam("Prefer") @Nullable String prefer,
            @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey,
            @Nullable SpeedTest body)
            throws SQLException {
        Access access = own.toChange(id);
        String direction = body == null || body.direction() == null ? "download" : body.direction();
        OrderTask task = switch (direction) {
            case "download" ->
                new Diagnose(
                        "downloadTest",
                        Diagnostic.DOWNLOAD,
                        List.of(PingResource.text(
                                "DownloadURL", offered(config.selfCare().downloadUrl()))));
            case "upload" ->
                new Diagnose(
                        "uploadTest",
                        Diagnostic.UPLOAD,
                        List.of(
                                PingResource.text(
                                        "UploadURL", offered(config.selfCare().uploadUrl())),
                                PingResource.number("TestFileLength", UPLOAD_BYTES)));
            default ->
                throw Problem.invalid("direction", "is one of download, upload").exception();
        };
        return actions.begin(access, OrderId.random(), task, "Speed test: " + direction, prefer, idempotencyKey);
    }

    private static String offered(Optional<URI> url) {
        return url.map(URI::toString)
                .orElseThrow(() -> Problem.conflict("The operator offers no such speed test.")
                        .exception());
    }
}

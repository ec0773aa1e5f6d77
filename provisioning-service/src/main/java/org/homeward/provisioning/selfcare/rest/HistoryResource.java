package org.homeward.provisioning.selfcare.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Encoded;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.homeward.contracts.DeviceId;
import org.homeward.kit.rest.Limit;
import org.homeward.kit.security.Roles;
import org.homeward.provisioning.selfcare.History;
import org.homeward.provisioning.selfcare.rest.OwnDevices.Access;
import org.homeward.provisioning.selfcare.store.PersonalDesk;
import org.jspecify.annotations.Nullable;

/** What was done to a subscriber's device. */
@Path("/api/self-care/devices/{id}/history")
@Tag(name = "Self-care")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.SUBSCRIBER, Roles.SUPPORT, Roles.OPERATOR, Roles.ADMIN})
public class HistoryResource {

    private final OwnDevices own;
    private final PersonalDesk desk;

    public HistoryResource(OwnDevices own, PersonalDesk desk) {
        this.own = own;
        this.desk = desk;
    }

    /**
     * @param by {@code you}, {@code support} on your behalf, or {@code operator}
     * @param state of what was begun: {@code queued}, {@code waking}, {@code running}, {@code succeeded}, {@code failed},
     *     {@code unknown}, {@code expired}, {@code cancelled}
     */
    @Schema(name = "SelfCareHappening")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Happening(Instant at, String by, String what, String state) {}

    public record HistoryView(List<Happening> items) {}

    @GET
    @Blocking
    @RunOnVirtualThread
    @Operation(
            operationId = "listOwnHistory",
            summary = "What was done to an own device, newest first",
            description =
                    "By the subscriber, on its behalf, and by the operator, since the device is the subscriber's.")
    @APIResponse(
            responseCode = "200",
            description = "What was done",
            content = @Content(examples = @ExampleObject(name = "history", value = """
                    {"items": [{"at": "2026-01-31T09:00:00Z", "by": "you", "what": "Wi-Fi: name of 2.4GHz",
                      "state": "succeeded"}]}
                    """)))
    @APIResponse(responseCode = "404", description = "There is no such device, or it is not yours")
    public HistoryView history(@Encoded @PathParam("id") DeviceId id, @QueryParam("limit") @Nullable String limit)
            throws SQLException {
        Access access = own.toSee(id);
        Instant since = access.ledger().about().since();
        return new HistoryView(desk
                .done(access.device(), access.owner(), since, Limit.parse(limit).value())
                .stream()
                .map(done -> new Happening(
                        done.at(),
                        History.by(done.bySelfCare(), done.onBehalf()),
                        History.what(done.what(), done.type()),
                        done.state()))
                .toList());
    }
}

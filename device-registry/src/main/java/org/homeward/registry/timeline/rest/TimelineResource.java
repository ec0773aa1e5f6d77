package org.homeward.registry.timeline.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Encoded;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.homeward.contracts.DeviceId;
import org.homeward.kit.rest.Limit;
import org.homeward.kit.rest.Page;
import org.homeward.kit.rest.Problem;
import org.homeward.kit.security.Roles;
import org.homeward.registry.inventory.rest.Visible;
import org.homeward.registry.timeline.TimelineKind;
import org.homeward.registry.timeline.store.TimelineSearch;
import org.homeward.registry.timeline.store.TimelineSearch.Item;
import org.jspecify.annotations.Nullable;

/** All that happened to a device. */
@Path("/api/devices/{id}/timeline")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Timeline")
@RolesAllowed({Roles.ADMIN, Roles.OPERATOR, Roles.SUPPORT, Roles.FIELD, Roles.AUDITOR, Roles.SUBSCRIBER})
@RunOnVirtualThread
public class TimelineResource {

    private final TimelineSearch timeline;
    private final Visible visible;

    @Inject
    public TimelineResource(TimelineSearch timeline, Visible visible) {
        this.timeline = timeline;
        this.visible = visible;
    }

    @GET
    @Operation(summary = "All that happened to a device, newest first: sessions, orders, changes, who and why")
    @APIResponse(
            responseCode = "200",
            description = "A page of the timeline",
            content = @Content(examples = @ExampleObject(name = "page", value = """
                                    {"items": [
                                      {"at": "2026-01-31T08:00:00Z", "kind": "order", "id": "0b7e", "by": "anna",
                                       "summary": "setParameterValues succeeded",
                                       "detail": {"type": "setParameterValues", "state": "succeeded",
                                                  "finishedAt": "2026-01-31T08:00:01Z", "session": "1f0c", "why": ""}}],
                                     "next": null}
                                    """)))
    public Page<Item> list(
            @Encoded @PathParam("id") DeviceId id,
            @Parameter(
                            description =
                                    "Only these, separated by commas: session, order, change, registered, edited, bound, unbound, denied, online, offline",
                            example = "order,change")
                    @QueryParam("kind")
                    @Nullable
                    String kind,
            @Parameter(description = "1 to 500") @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor)
            throws SQLException {
        Set<TimelineKind> kinds = kinds(kind);
        int most = Limit.parse(limit).value();
        visible.require(id);
        return timeline.list(visible.key(id), kinds, most, cursor);
    }

    private static Set<TimelineKind> kinds(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return EnumSet.allOf(TimelineKind.class);
        }
        return Arrays.stream(text.split(",", -1))
                .map(name -> TimelineKind.of(name.strip())
                        .orElseThrow(() -> Problem.invalid(
                                        "kind",
                                        "\"" + name.strip() + "\" is none of "
                                                + Arrays.stream(TimelineKind.values())
                                                        .map(TimelineKind::text)
                                                        .collect(Collectors.joining(", ")))
                                .exception()))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(TimelineKind.class)));
    }
}

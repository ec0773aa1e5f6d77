package org.homeward.provisioning.channel.rest;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.homeward.kit.rest.Cursor;
import org.homeward.kit.rest.Limit;
import org.homeward.kit.rest.Page;
import org.homeward.kit.rest.Problem;
import org.homeward.kit.security.Caller;
import org.homeward.kit.security.Roles;
import org.homeward.provisioning.channel.ChannelPlan.ItemState;
import org.homeward.provisioning.channel.rest.ChannelPlanBodies.DeviceView;
import org.homeward.provisioning.channel.rest.ChannelPlanBodies.Request;
import org.homeward.provisioning.channel.rest.ChannelPlanBodies.View;
import org.homeward.provisioning.channel.store.ChannelPlans;
import org.homeward.provisioning.channel.store.ChannelPlans.Counted;
import org.jspecify.annotations.Nullable;

/** The best channels for a selection of devices: sought, proposed, set. */
@Path("/api/channel-plans")
@Tag(name = "Channel plans")
@Produces(MediaType.APPLICATION_JSON)
public class ChannelPlansResource {

    private static final String NEWEST = "-id";
    private static final String PLACE = "place";

    private final ChannelPlans plans;
    private final ChannelPlanDrafts drafts;
    private final Caller caller;

    public ChannelPlansResource(ChannelPlans plans, ChannelPlanDrafts drafts, Caller caller) {
        this.plans = plans;
        this.drafts = drafts;
        this.caller = caller;
    }

    @POST
    @Blocking
    @RunOnVirtualThread
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR})
    @Operation(
            operationId = "createChannelPlan",
            summary = "Seek the best Wi-Fi channels for a selection of devices",
            description =
                    "Each device is asked who else is on the air, a few at a time, as they can be reached. Once all"
                            + " have answered, or the time is up, a channel is chosen for each, and what that takes is set"
                            + " if apply is true. Devices that hear each other do not all move to the same channel. A scan"
                            + " disturbs the Wi-Fi of a home for some seconds, and so does a change of channel.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = Request.class),
                            examples =
                                    @ExampleObject(name = "propose for one street", value = ChannelPlanBodies.REQUEST)))
    @APIResponse(
            responseCode = "202",
            description = "It has begun; Location names it",
            content =
                    @Content(
                            schema = @Schema(implementation = View.class),
                            examples = @ExampleObject(name = "plan", value = ChannelPlanBodies.VIEW)))
    @APIResponse(responseCode = "400", description = "A field is wrong; the problem names it")
    @APIResponse(responseCode = "422", description = "The selection has no devices, or too many")
    public Response create(@Nullable Request body) throws SQLException {
        Counted begun = drafts.begin(body, caller);
        return Response.accepted(View.of(begun.plan(), begun.counts()))
                .header(
                        HttpHeaders.LOCATION,
                        "/api/channel-plans/" + begun.plan().id())
                .build();
    }

    @GET
    @Blocking
    @RunOnVirtualThread
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR, Roles.SUPPORT, Roles.AUDITOR})
    @Operation(operationId = "listChannelPlans", summary = "List channel plans, newest first, without counts")
    public Page<View> list(@QueryParam("limit") @Nullable String limit, @QueryParam("cursor") @Nullable String cursor)
            throws SQLException {
        int size = Limit.parse(limit).value();
        String before = cursor == null || cursor.isEmpty()
                ? null
                : String.valueOf(Cursor.decode(cursor, NEWEST).values().getFirst());
        return Page.of(
                        plans.page(caller.tenant(), before, size + 1),
                        size,
                        plan -> new Cursor(NEWEST, List.of(plan.id())))
                .map(plan -> View.of(plan, Map.of()));
    }

    @GET
    @Blocking
    @RunOnVirtualThread
    @Path("/{id}")
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR, Roles.SUPPORT, Roles.AUDITOR})
    @Operation(operationId = "getChannelPlan", summary = "Read a channel plan and how far its devices have come")
    @APIResponse(
            responseCode = "200",
            content =
                    @Content(
                            schema = @Schema(implementation = View.class),
                            examples = @ExampleObject(name = "plan", value = ChannelPlanBodies.VIEW)))
    @APIResponse(responseCode = "404", description = "There is no such plan")
    public View get(@PathParam("id") String id) throws SQLException {
        return view(id);
    }

    @GET
    @Blocking
    @RunOnVirtualThread
    @Path("/{id}/devices")
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR, Roles.SUPPORT, Roles.AUDITOR})
    @Operation(
            operationId = "listDevicesOfChannelPlan",
            summary = "List what a channel plan found and proposes for each device, and why",
            description = "In the order of the selection; state chooses waiting, scanning, scanned, proposed, applying,"
                    + " applied, unchanged or cannot.")
    @APIResponse(
            responseCode = "200",
            content = @Content(examples = @ExampleObject(name = "a proposal", value = ChannelPlanBodies.ITEM)))
    @APIResponse(responseCode = "404", description = "There is no such plan")
    public Page<DeviceView> devices(
            @PathParam("id") String id,
            @QueryParam("state") @Nullable String state,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor)
            throws SQLException {
        view(id);
        int size = Limit.parse(limit).value();
        return Page.of(
                        plans.items(id, state(state), after(cursor), size + 1),
                        size,
                        item -> new Cursor(PLACE, List.of(Integer.toString(item.place()))))
                .map(DeviceView::of);
    }

    @POST
    @Blocking
    @RunOnVirtualThread
    @Path("/{id}/apply")
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR})
    @Operation(
            operationId = "applyChannelPlan",
            summary = "Set the channels that a plan proposes",
            description = "A few devices at a time, as they can be reached. Each is read back.")
    @APIResponse(
            responseCode = "202",
            description = "It has begun",
            content =
                    @Content(
                            schema = @Schema(implementation = View.class),
                            examples = @ExampleObject(name = "plan", value = ChannelPlanBodies.VIEW)))
    @APIResponse(responseCode = "404", description = "There is no such plan")
    @APIResponse(responseCode = "409", description = "It proposes nothing, not yet, or no longer")
    public Response apply(@PathParam("id") String id) throws SQLException {
        View before = view(id);
        if (!plans.apply(caller.tenant(), id)) {
            throw Problem.conflict("The plan is " + before.state()
                            + "; only one that is proposed can be applied, before its deadline "
                            + before.deadline() + ".")
                    .exception();
        }
        return Response.accepted(view(id)).build();
    }

    private View view(String id) throws SQLException {
        Counted counted = plans.of(caller.tenant(), id)
                .orElseThrow(() -> Problem.notFound("channel plan", id).exception());
        return View.of(counted.plan(), counted.counts());
    }

    private static @Nullable ItemState state(@Nullable String name) {
        if (name == null || name.isEmpty()) {
            return null;
        }
        for (ItemState state : ItemState.values()) {
            if (state.toString().equals(name.toLowerCase(Locale.ROOT))) {
                return state;
            }
        }
        throw Problem.invalid("state", "\"" + name + "\" is none of " + List.of(ItemState.values()))
                .exception();
    }

    private static int after(@Nullable String cursor) {
        if (cursor == null || cursor.isEmpty()) {
            return 0;
        }
        String place = String.valueOf(Cursor.decode(cursor, PLACE).values().getFirst());
        if (!place.matches("\\d{1,9}")) {
            throw Problem.invalid("cursor", "is not one that this list gave out")
                    .exception();
        }
        return Integer.parseInt(place);
    }
}

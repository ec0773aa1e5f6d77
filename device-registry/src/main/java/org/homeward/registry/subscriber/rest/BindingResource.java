package org.homeward.registry.subscriber.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.homeward.kit.rest.Page;
import org.homeward.kit.rest.Problem;
import org.homeward.kit.security.Caller;
import org.homeward.kit.security.Roles;
import org.homeward.registry.subscriber.Binding;
import org.homeward.registry.subscriber.SubscriberEdit;
import org.homeward.registry.subscriber.SubscriberEdit.Presence;
import org.homeward.registry.subscriber.SubscriberId;
import org.homeward.registry.subscriber.Wish;
import org.homeward.registry.subscriber.rest.SubscriberViews.BindingView;
import org.homeward.registry.subscriber.store.BindingSearch;
import org.homeward.registry.subscriber.store.SubscriberSearch;
import org.homeward.registry.subscriber.store.Subscribers;
import org.jspecify.annotations.Nullable;

/** By what a subscriber's devices are recognised, and which they are. */
@Path("/api/subscribers/{id}/bindings")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Subscribers")
@RunOnVirtualThread
public class BindingResource {

    private static final Set<String> CLAIMS = Set.of("deviceId", "oui", "serialNumber", "mac", "circuitId");

    private final BindingSearch search;
    private final SubscriberSearch known;
    private final Subscribers subscribers;
    private final Caller caller;

    @Inject
    public BindingResource(BindingSearch search, SubscriberSearch known, Subscribers subscribers, Caller caller) {
        this.search = search;
        this.known = known;
        this.subscribers = subscribers;
        this.caller = caller;
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR, Roles.SUPPORT, Roles.FIELD, Roles.AUDITOR})
    @Operation(summary = "The bindings of a subscriber, oldest first, with the devices that they hold")
    @APIResponse(
            responseCode = "200",
            description = "All of them",
            content =
                    @Content(
                            examples =
                                    @ExampleObject(
                                            name = "bindings",
                                            value = "{\"items\": [" + SubscriberExamples.BINDING
                                                    + "], \"next\": null}")))
    public Page<BindingView> list(
            @PathParam("id") String id,
            @Parameter(description = "Whether those that ended are wanted too")
                    @QueryParam("ended")
                    @DefaultValue("false")
                    boolean ended)
            throws SQLException {
        SubscriberId subscriber = SubscriberInput.subscriber("id", id);
        List<BindingView> bindings = search.find(caller.tenant(), subscriber, ended).entrySet().stream()
                .map(each -> BindingView.of(each.getKey(), each.getValue()))
                .toList();
        // what ended is kept longer than the subscriber
        if (bindings.isEmpty() && known.find(caller.tenant(), subscriber).isEmpty()) {
            throw Problem.notFound("subscriber", id).exception();
        }
        return new Page<>(bindings, null);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR, Roles.FIELD})
    @Operation(
            summary = "Say by what a subscriber's device is recognised",
            description =
                    "One of deviceId, serialNumber with oui, mac, circuitId. The binding waits until such a device shows up, and holds from then on. A circuit may hold several devices, and holds whichever reports it.")
    @RequestBody(content = @Content(examples = @ExampleObject(name = "new", value = SubscriberExamples.NEW_BINDING)))
    @APIResponse(
            responseCode = "201",
            description = "Bound, or waiting",
            content = @Content(examples = @ExampleObject(name = "binding", value = SubscriberExamples.BINDING)))
    @APIResponse(responseCode = "409", description = "It is another subscriber's")
    public Response bind(
            @PathParam("id") String id,
            @Parameter(description = "Whether to take the device from the subscriber who has it")
                    @QueryParam("move")
                    @DefaultValue("false")
                    boolean move,
            @Nullable JsonNode body)
            throws SQLException {
        if (move && !caller.has(Roles.ADMIN) && !caller.has(Roles.OPERATOR)) {
            throw Problem.forbidden("move", "needs the role operator or admin").exception();
        }
        SubscriberId subscriber = SubscriberInput.subscriber("id", id);
        ObjectNode said = SubscriberInput.body(body, CLAIMS);
        Subscribers.Taken taken = Edits.require(
                subscribers,
                caller,
                new SubscriberEdit(
                        subscriber,
                        Presence.KNOWN,
                        null,
                        JsonNodeFactory.instance.objectNode(),
                        List.of(),
                        List.of(new Wish(subscriber, SubscriberInput.claim(said), move))));
        Binding binding = Objects.requireNonNull(taken.binding());
        return Response.status(
                        taken.result() == Subscribers.Result.UNCHANGED ? Response.Status.OK : Response.Status.CREATED)
                .location(UriBuilder.fromPath("/api/subscribers/{id}/bindings/{binding}")
                        .build(id, binding.id()))
                .entity(get(id, binding.id()))
                .build();
    }

    @GET
    @Path("/{binding}")
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR, Roles.SUPPORT, Roles.FIELD, Roles.AUDITOR})
    @Operation(summary = "One binding of a subscriber, ended or not")
    @APIResponse(
            responseCode = "200",
            description = "The binding",
            content = @Content(examples = @ExampleObject(name = "binding", value = SubscriberExamples.BINDING)))
    @APIResponse(responseCode = "404", description = "There is no such binding")
    public BindingView get(@PathParam("id") String id, @PathParam("binding") String binding) throws SQLException {
        return search.find(caller.tenant(), SubscriberInput.subscriber("id", id), binding)
                .map(each -> BindingView.of(each.getKey(), each.getValue()))
                .orElseThrow(() -> Problem.notFound("binding", binding).exception());
    }

    @DELETE
    @Path("/{binding}")
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR})
    @Operation(summary = "End a binding; it stays as history")
    @APIResponse(responseCode = "204", description = "Ended")
    public void unbind(@PathParam("id") String id, @PathParam("binding") String binding) throws SQLException {
        if (!subscribers.unbind(caller.tenant(), SubscriberInput.subscriber("id", id), binding, caller.name())) {
            throw Problem.notFound("open binding", binding).exception();
        }
    }
}

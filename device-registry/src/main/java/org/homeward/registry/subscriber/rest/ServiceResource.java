package org.homeward.registry.subscriber.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.homeward.kit.rest.Page;
import org.homeward.kit.rest.Problem;
import org.homeward.kit.rest.Revision;
import org.homeward.kit.security.Caller;
import org.homeward.kit.security.Roles;
import org.homeward.registry.subscriber.Service;
import org.homeward.registry.subscriber.ServiceId;
import org.homeward.registry.subscriber.SubscriberEdit;
import org.homeward.registry.subscriber.SubscriberEdit.OfService;
import org.homeward.registry.subscriber.SubscriberEdit.Presence;
import org.homeward.registry.subscriber.SubscriberId;
import org.homeward.registry.subscriber.rest.SubscriberViews.ServiceView;
import org.homeward.registry.subscriber.store.SubscriberSearch;
import org.homeward.registry.subscriber.store.Subscribers;
import org.jspecify.annotations.Nullable;

/** The services that a subscriber bought. */
@Path("/api/subscribers/{id}/services")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Subscribers")
@RunOnVirtualThread
public class ServiceResource {

    private static final String MERGE_PATCH = "application/merge-patch+json";

    private final SubscriberSearch search;
    private final Subscribers subscribers;
    private final Caller caller;

    @Inject
    public ServiceResource(SubscriberSearch search, Subscribers subscribers, Caller caller) {
        this.search = search;
        this.subscribers = subscribers;
        this.caller = caller;
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR, Roles.SUPPORT, Roles.FIELD, Roles.AUDITOR})
    @Operation(summary = "The services of a subscriber, at most 20")
    @APIResponse(
            responseCode = "200",
            description = "All of them",
            content =
                    @Content(
                            examples =
                                    @ExampleObject(
                                            name = "services",
                                            value = "{\"items\": [" + SubscriberExamples.SERVICE
                                                    + "], \"next\": null}")))
    public Page<ServiceView> list(@PathParam("id") String id) throws SQLException {
        return new Page<>(
                search
                        .services(caller.tenant(), SubscriberInput.subscriber("id", id))
                        .orElseThrow(() -> Problem.notFound("subscriber", id).exception())
                        .stream()
                        .map(ServiceView::of)
                        .toList(),
                null);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR})
    @Operation(
            summary = "Add a service",
            description =
                    "Without an id the service is called as its type. Secrets, by their name or because the service type says so, are kept encrypted and never shown again.")
    @RequestBody(content = @Content(examples = @ExampleObject(name = "new", value = SubscriberExamples.NEW_SERVICE)))
    @APIResponse(
            responseCode = "201",
            description = "Added",
            content = @Content(examples = @ExampleObject(name = "service", value = SubscriberExamples.SERVICE)))
    @APIResponse(responseCode = "409", description = "There is such a service already")
    public Response add(@PathParam("id") String id, @Nullable JsonNode body) throws SQLException {
        ObjectNode said = SubscriberInput.body(body, Set.of("id", "type", "attributes"));
        ServiceId type = SubscriberInput.service("type", SubscriberInput.text(said, "type"));
        String name = SubscriberInput.text(said, "id");
        ServiceId service = name == null ? type : SubscriberInput.service("id", name);
        edit(
                SubscriberInput.subscriber("id", id),
                new OfService(service, Presence.NEW, null, type, SubscriberInput.attributes(said)));
        return Response.fromResponse(get(id, service.value()))
                .status(Response.Status.CREATED)
                .location(UriBuilder.fromPath("/api/subscribers/{id}/services/{service}")
                        .build(id, service.value()))
                .build();
    }

    @GET
    @Path("/{service}")
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR, Roles.SUPPORT, Roles.FIELD, Roles.AUDITOR})
    @Operation(summary = "One service of a subscriber")
    @APIResponse(
            responseCode = "200",
            description = "The service",
            content = @Content(examples = @ExampleObject(name = "service", value = SubscriberExamples.SERVICE)))
    @APIResponse(responseCode = "404", description = "There is no such service")
    public Response get(@PathParam("id") String id, @PathParam("service") String service) throws SQLException {
        Service found = search.service(
                        caller.tenant(),
                        SubscriberInput.subscriber("id", id),
                        SubscriberInput.service("service", service))
                .orElseThrow(() -> Problem.notFound("service", service).exception());
        return Response.ok(ServiceView.of(found))
                .header(HttpHeaders.ETAG, new Revision(found.version()).tag())
                .build();
    }

    @PATCH
    @Path("/{service}")
    @Consumes({MERGE_PATCH, MediaType.APPLICATION_JSON})
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR})
    @Operation(
            summary = "Change a service's attributes (JSON merge patch)",
            description = "What is shown in the place of a secret leaves it as it is; null takes an attribute away.")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MERGE_PATCH,
                            examples = @ExampleObject(name = "patch", value = SubscriberExamples.SERVICE_PATCH)))
    @APIResponse(
            responseCode = "200",
            description = "The service as it is now",
            content = @Content(examples = @ExampleObject(name = "service", value = SubscriberExamples.SERVICE)))
    @APIResponse(responseCode = "412", description = "If-Match names another version")
    public Response patch(
            @PathParam("id") String id,
            @PathParam("service") String service,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @Nullable JsonNode body)
            throws SQLException {
        ObjectNode said = SubscriberInput.body(body, Set.of("attributes"));
        edit(
                SubscriberInput.subscriber("id", id),
                new OfService(
                        SubscriberInput.service("service", service),
                        Presence.KNOWN,
                        ifMatch,
                        null,
                        SubscriberInput.attributes(said)));
        return get(id, service);
    }

    @DELETE
    @Path("/{service}")
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR})
    @Operation(summary = "Take a service away")
    @APIResponse(responseCode = "204", description = "Gone")
    public void delete(
            @PathParam("id") String id,
            @PathParam("service") String service,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch)
            throws SQLException {
        if (!subscribers.deleteService(
                caller.tenant(),
                SubscriberInput.subscriber("id", id),
                SubscriberInput.service("service", service),
                ifMatch,
                caller.name())) {
            throw Problem.notFound("service", service).exception();
        }
    }

    private void edit(SubscriberId subscriber, OfService edit) throws SQLException {
        Edits.require(
                subscribers,
                caller,
                new SubscriberEdit(
                        subscriber,
                        Presence.KNOWN,
                        null,
                        JsonNodeFactory.instance.objectNode(),
                        List.of(edit),
                        List.of()));
    }
}

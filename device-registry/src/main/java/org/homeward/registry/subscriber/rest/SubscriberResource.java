package org.homeward.registry.subscriber.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
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
import jakarta.ws.rs.core.UriBuilder;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.homeward.kit.rest.Limit;
import org.homeward.kit.rest.Page;
import org.homeward.kit.rest.Problem;
import org.homeward.kit.rest.Revision;
import org.homeward.kit.security.Caller;
import org.homeward.kit.security.Roles;
import org.homeward.registry.subscriber.Subscriber;
import org.homeward.registry.subscriber.SubscriberEdit;
import org.homeward.registry.subscriber.SubscriberEdit.Presence;
import org.homeward.registry.subscriber.SubscriberId;
import org.homeward.registry.subscriber.rest.SubscriberViews.SubscriberView;
import org.homeward.registry.subscriber.store.SubscriberSearch;
import org.homeward.registry.subscriber.store.Subscribers;
import org.jspecify.annotations.Nullable;

/** Subscribers: search, create, import, look at one, edit, delete. */
@Path("/api/subscribers")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Subscribers")
@RunOnVirtualThread
public class SubscriberResource {

    private static final String MERGE_PATCH = "application/merge-patch+json";

    private final SubscriberSearch search;
    private final Subscribers subscribers;
    private final SubscriberImport imports;
    private final Caller caller;

    @Inject
    public SubscriberResource(
            SubscriberSearch search, Subscribers subscribers, SubscriberImport imports, Caller caller) {
        this.search = search;
        this.subscribers = subscribers;
        this.imports = imports;
        this.caller = caller;
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR, Roles.SUPPORT, Roles.FIELD, Roles.AUDITOR})
    @Operation(summary = "Search subscribers")
    @APIResponse(
            responseCode = "200",
            description = "A page of subscribers",
            content =
                    @Content(
                            examples =
                                    @ExampleObject(
                                            name = "page",
                                            value = "{\"items\": [" + SubscriberExamples.SUBSCRIBER
                                                    + "], \"next\": null}")))
    public Page<SubscriberView> search(
            @Parameter(
                            description = "RSQL over id, services (types of service), updatedBy, createdAt, updatedAt",
                            example = "id==C-*;services==voip")
                    @QueryParam("q")
                    @Nullable
                    String q,
            @Parameter(description = "A field, with - before it for descending", example = "-updatedAt")
                    @QueryParam("sort")
                    @Nullable
                    String sort,
            @Parameter(description = "1 to 500") @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor)
            throws SQLException {
        return search.search(caller.tenant(), q, sort, Limit.parse(limit).value(), cursor)
                .map(SubscriberView::of);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR})
    @Operation(
            summary = "Create a subscriber",
            description =
                    "Attributes are free, within bounds. Those whose name says that they are secret (password, passphrase, pin, ...) are kept encrypted and never shown again.")
    @RequestBody(content = @Content(examples = @ExampleObject(name = "new", value = SubscriberExamples.NEW_SUBSCRIBER)))
    @APIResponse(
            responseCode = "201",
            description = "Created",
            content = @Content(examples = @ExampleObject(name = "subscriber", value = SubscriberExamples.SUBSCRIBER)))
    @APIResponse(responseCode = "409", description = "There is such a subscriber already")
    public Response create(@Nullable JsonNode body) throws SQLException {
        ObjectNode said = SubscriberInput.body(body, Set.of("id", "attributes"));
        SubscriberId id = SubscriberInput.subscriber("id", SubscriberInput.text(said, "id"));
        Edits.require(
                subscribers,
                caller,
                new SubscriberEdit(id, Presence.NEW, null, SubscriberInput.attributes(said), List.of(), List.of()));
        return Response.fromResponse(get(id.value()))
                .status(Response.Status.CREATED)
                .location(UriBuilder.fromPath("/api/subscribers/{id}").build(id.value()))
                .build();
    }

    @POST
    @Path("/imports")
    @Consumes("text/csv")
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR})
    @Operation(
            summary = "Create and update many subscribers from CSV",
            description =
                    "The first line names the columns: subscriber, and any of attributes.NAME, service (the type), serviceId (the type where it is left out), service.NAME, deviceId, oui with serialNumber, mac, circuitId. Empty cells leave as it is; nothing is taken away. The same file again changes nothing. The report comes while the file is read.")
    @RequestBody(
            content =
                    @Content(
                            mediaType = "text/csv",
                            examples = @ExampleObject(name = "csv", value = SubscriberExamples.CSV)))
    @APIResponse(
            responseCode = "200",
            description = "What became of each line",
            content = @Content(examples = @ExampleObject(name = "report", value = SubscriberExamples.REPORT)))
    public Response importCsv(
            @Parameter(description = "Whether devices are taken from other subscribers who have them")
                    @QueryParam("move")
                    @DefaultValue("false")
                    boolean move,
            InputStream csv)
            throws SQLException {
        return Response.ok(imports.report(csv, caller.tenant(), move, caller.name()), MediaType.APPLICATION_JSON)
                .build();
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR, Roles.SUPPORT, Roles.FIELD, Roles.AUDITOR})
    @Operation(summary = "One subscriber")
    @APIResponse(
            responseCode = "200",
            description = "The subscriber",
            content = @Content(examples = @ExampleObject(name = "subscriber", value = SubscriberExamples.SUBSCRIBER)))
    @APIResponse(responseCode = "404", description = "There is no such subscriber")
    public Response get(@PathParam("id") String id) throws SQLException {
        Subscriber found = search.find(caller.tenant(), SubscriberInput.subscriber("id", id))
                .orElseThrow(() -> Problem.notFound("subscriber", id).exception());
        return Response.ok(SubscriberView.of(found))
                .header(HttpHeaders.ETAG, new Revision(found.version()).tag())
                .build();
    }

    @PATCH
    @Path("/{id}")
    @Consumes({MERGE_PATCH, MediaType.APPLICATION_JSON})
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR})
    @Operation(
            summary = "Change a subscriber's attributes (JSON merge patch)",
            description = "What is shown in the place of a secret leaves it as it is; null takes an attribute away.")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MERGE_PATCH,
                            examples = @ExampleObject(name = "patch", value = SubscriberExamples.PATCH)))
    @APIResponse(
            responseCode = "200",
            description = "The subscriber as it is now",
            content = @Content(examples = @ExampleObject(name = "subscriber", value = SubscriberExamples.SUBSCRIBER)))
    @APIResponse(responseCode = "412", description = "If-Match names another version")
    public Response patch(
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @Nullable JsonNode body)
            throws SQLException {
        ObjectNode said = SubscriberInput.body(body, Set.of("attributes"));
        Edits.require(
                subscribers,
                caller,
                new SubscriberEdit(
                        SubscriberInput.subscriber("id", id),
                        Presence.KNOWN,
                        ifMatch,
                        SubscriberInput.attributes(said),
                        List.of(),
                        List.of()));
        return get(id);
    }

    @DELETE
    @Path("/{id}")
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR})
    @Operation(
            summary = "Delete a subscriber, its services and its bindings",
            description = "Its devices stay, as nobody's.")
    @APIResponse(responseCode = "204", description = "Deleted")
    public void delete(@PathParam("id") String id, @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch)
            throws SQLException {
        if (!subscribers.delete(caller.tenant(), SubscriberInput.subscriber("id", id), ifMatch, caller.name())) {
            throw Problem.notFound("subscriber", id).exception();
        }
    }
}

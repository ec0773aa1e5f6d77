package org.homeward.registry.subscriber.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.homeward.kit.rest.Page;
import org.homeward.kit.rest.Problem;
import org.homeward.kit.rest.ProblemException;
import org.homeward.kit.security.Caller;
import org.homeward.kit.security.Roles;
import org.homeward.registry.subscriber.ServiceType;
import org.homeward.registry.subscriber.ServiceTypes;
import org.homeward.registry.subscriber.rest.SubscriberViews.TypeView;
import org.homeward.registry.subscriber.store.ServiceTypeStore;
import org.jspecify.annotations.Nullable;

/** What is known of the attributes of service types. */
@Path("/api/service-types")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Subscribers")
@RunOnVirtualThread
public class ServiceTypeResource {

    private final ServiceTypeStore types;
    private final Caller caller;

    @Inject
    public ServiceTypeResource(ServiceTypeStore types, Caller caller) {
        this.types = types;
        this.caller = caller;
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR, Roles.SUPPORT, Roles.FIELD, Roles.AUDITOR})
    @Operation(summary = "The service types that are known: those that come along, and the tenant's own")
    @APIResponse(
            responseCode = "200",
            description = "All of them",
            content =
                    @Content(
                            examples =
                                    @ExampleObject(
                                            name = "types",
                                            value = "{\"items\": [" + SubscriberExamples.TYPE + "], \"next\": null}")))
    public Page<TypeView> list() throws SQLException {
        return new Page<>(
                types.of(caller.tenant()).byName().values().stream()
                        .sorted(Comparator.comparing(ServiceType::name))
                        .map(TypeView::of)
                        .toList(),
                null);
    }

    @PUT
    @Path("/{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR})
    @Operation(
            summary = "Say what the attributes of a service type are",
            description =
                    "It stands in the place of what comes along under that name. Attributes that it does not name stay free. With secret: true an attribute is kept encrypted and never shown, whatever its name.")
    @RequestBody(content = @Content(examples = @ExampleObject(name = "type", value = SubscriberExamples.NEW_TYPE)))
    @APIResponse(
            responseCode = "200",
            description = "The type as it is now",
            content = @Content(examples = @ExampleObject(name = "type", value = SubscriberExamples.TYPE)))
    @APIResponse(responseCode = "409", description = "A service holds in the open what would be a secret")
    public TypeView put(@PathParam("name") String name, @Nullable JsonNode body) throws SQLException {
        ObjectNode said = SubscriberInput.body(body, Set.of("attributes"));
        ServiceType type = read(SubscriberInput.service("name", name).value(), SubscriberInput.attributes(said));
        var inTheOpen = types.save(caller.tenant(), type, caller.name());
        if (inTheOpen.isPresent()) {
            throw Problem.conflict("Service " + inTheOpen.get()
                            + " holds in the open what would be a secret; take that attribute away there first.")
                    .exception();
        }
        return TypeView.of(type);
    }

    private static ServiceType read(String name, ObjectNode attributes) {
        try {
            return ServiceTypes.read(name, attributes);
        } catch (ServiceTypes.Malformed e) {
            ProblemException problem =
                    Problem.invalid(e.field(), String.valueOf(e.getMessage())).exception();
            problem.addSuppressed(e);
            throw problem;
        }
    }

    @DELETE
    @Path("/{name}")
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR})
    @Operation(
            summary = "Take back what the tenant said of a service type",
            description = "What comes along under that name holds again. Secrets that are kept stay secret.")
    @APIResponse(responseCode = "204", description = "Taken back")
    public void delete(@PathParam("name") String name) throws SQLException {
        if (!types.delete(caller.tenant(), name)) {
            throw Problem.notFound("service type of the tenant's own", name).exception();
        }
    }
}

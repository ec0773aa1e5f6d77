package org.homeward.kit.rest;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.List;
import org.homeward.contracts.DeviceId;
import org.homeward.contracts.rpc.ValueType;
import org.homeward.kit.consumer.DependencyUnavailable;
import org.homeward.kit.security.Caller;
import org.homeward.kit.security.Roles;
import org.jspecify.annotations.Nullable;

/** A resource that goes wrong in every way that resources can. */
@Path("/api/samples")
@PermitAll
public class SampleResource {

    private final Caller caller;

    public SampleResource(Caller caller) {
        this.caller = caller;
    }

    public record Body(
            @NotBlank String name,
            @Nullable Instant at,
            @Nullable ValueType type,
            @Valid @Nullable List<Window> windows) {}

    public record Window(@Min(0) int start) {}

    @GET
    public Page<String> list(@QueryParam("limit") @Nullable String limit) {
        return Page.of(List.of("a", "b", "c"), Limit.parse(limit).value(), last -> new Cursor("name", List.of(last)));
    }

    @POST
    public Body create(@Valid Body body) {
        return body;
    }

    @PUT
    public Page<String> replace() {
        throw new RuntimeException("password=hunter2");
    }

    @GET
    @Path("{id}")
    public DeviceId one(@PathParam("id") DeviceId id) {
        return id;
    }

    @GET
    @Path("gone/{what}")
    public String gone(@PathParam("what") String what) {
        throw switch (what) {
            case "problem" -> Problem.conflict("it runs").exception();
            case "dependency" -> new DependencyUnavailable("the database", new java.io.IOException("secret host"));
            default -> new IllegalStateException(what);
        };
    }

    @GET
    @Path("mine")
    @RolesAllowed(Roles.OPERATOR)
    public List<String> mine() {
        return List.of(caller.name(), caller.tenant().value());
    }
}

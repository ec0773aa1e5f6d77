package org.homeward.provisioning.selfcare.rest;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.homeward.kit.rest.Problem;
import org.homeward.kit.security.Caller;
import org.homeward.kit.security.Roles;
import org.homeward.provisioning.selfcare.store.PersonalDesk;
import org.homeward.provisioning.selfcare.store.PersonalDesk.Settings;
import org.jspecify.annotations.Nullable;

/** What a tenant says of self-care. */
@Path("/api/self-care/settings")
@Tag(name = "Self-care")
@Produces(MediaType.APPLICATION_JSON)
public class SelfCareSettingsResource {

    private final PersonalDesk desk;
    private final Caller caller;

    public SelfCareSettingsResource(PersonalDesk desk, Caller caller) {
        this.desk = desk;
        this.caller = caller;
    }

    /** @param showPasswords false if left out */
    public record Wanted(
            @Nullable Boolean showPasswords, @Nullable String country) {}

    @GET
    @Blocking
    @RunOnVirtualThread
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR})
    @Operation(operationId = "getSelfCareSettings", summary = "What the tenant says of self-care")
    public Settings get() throws SQLException {
        return desk.settings(caller.tenant());
    }

    @PUT
    @Blocking
    @RunOnVirtualThread
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.ADMIN)
    @Operation(
            operationId = "setSelfCareSettings",
            summary =
                    "Say whether subscribers may read the passwords that they chose, and which country's channels hold")
    @RequestBody(
            content =
                    @Content(
                            examples =
                                    @ExampleObject(
                                            name = "not shown, in Germany",
                                            value = "{\"showPasswords\":false,\"country\":\"DE\"}")))
    @APIResponse(responseCode = "400", description = "The country is none of ISO 3166")
    public Settings set(@Nullable Wanted wanted) throws SQLException {
        if (wanted == null) {
            throw Problem.invalid("body", "is missing").exception();
        }
        String country = wanted.country();
        if (country != null && !country.matches("[A-Z]{2}")) {
            throw Problem.invalid("country", "is not two capital letters of ISO 3166")
                    .exception();
        }
        Settings settings = new Settings(Boolean.TRUE.equals(wanted.showPasswords()), country);
        desk.settings(caller.tenant(), settings);
        return settings;
    }
}

package org.homeward.provisioning.profile.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.homeward.kit.rest.Cursor;
import org.homeward.kit.rest.Limit;
import org.homeward.kit.rest.Page;
import org.homeward.kit.rest.Problem;
import org.homeward.kit.rest.Revision;
import org.homeward.kit.security.Caller;
import org.homeward.kit.security.Roles;
import org.homeward.provisioning.profile.DocumentText;
import org.homeward.provisioning.profile.DocumentText.Syntax;
import org.homeward.provisioning.profile.rest.ProfileBodies.Action;
import org.homeward.provisioning.profile.rest.ProfileBodies.Settings;
import org.homeward.provisioning.profile.rest.ProfileView.All;
import org.homeward.provisioning.profile.store.ProfileCache;
import org.homeward.provisioning.profile.store.ProfileDesk;
import org.homeward.provisioning.profile.store.ProfileDesk.Deed;
import org.homeward.provisioning.profile.store.StoredProfile;
import org.homeward.provisioning.profile.store.StoredProfile.Entry;
import org.jspecify.annotations.Nullable;

/** What devices should be. */
@Path("/api/profiles")
@Tag(name = "Profiles")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@RunOnVirtualThread
public class ProfilesResource {

    private static final String ORDER = "name";
    private static final String EXAMPLE = """
        {"name":"ntp","condition":"device.manufacturer == \\"Acme\\"","values":{"Device.Time.NTPServer1":"ntp.example.net"}}\
        """;
    private static final String EXAMPLE_YAML = """
        name: ntp
        condition: device.manufacturer == "Acme"
        values:
          Device.Time.NTPServer1: ntp.example.net
        """;

    private final ProfileDesk desk;
    private final ProfileCache cache;
    private final Caller caller;

    public ProfilesResource(ProfileDesk desk, ProfileCache cache, Caller caller) {
        this.desk = desk;
        this.cache = cache;
        this.caller = caller;
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR, Roles.SUPPORT, Roles.AUDITOR})
    @Operation(operationId = "listProfiles", summary = "List profiles by name, the newest version of each")
    public Page<ProfileView> list(
            @QueryParam("limit") @Nullable String limitText, @QueryParam("cursor") @Nullable String cursor)
            throws SQLException {
        int limit = Limit.parse(limitText).value();
        String after = cursor == null || cursor.isEmpty()
                ? ""
                : String.valueOf(Cursor.decode(cursor, ORDER).values().getFirst());
        List<StoredProfile> found = desk.page(caller.tenant(), after, limit + 1);
        return Page.of(found, limit, profile -> new Cursor(ORDER, List.of(profile.name())))
                .map(ProfileView::of);
    }

    @POST
    @Consumes({MediaType.APPLICATION_JSON, ProfileBodies.YAML, "application/x-yaml", "text/yaml"})
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR})
    @Operation(
            operationId = "createProfile",
            summary = "Write a new profile, as a draft",
            description =
                    "JSON or YAML. Everything that is wrong with it is told at once, with field and place. It holds"
                            + " for no device before it is activated. Values of passwords and keys are encrypted at once"
                            + " and never shown again.")
    @RequestBody(
            required = true,
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(type = SchemaType.OBJECT, requiredProperties = "name"),
                        examples = @ExampleObject(name = "a time server", value = EXAMPLE)),
                @Content(
                        mediaType = ProfileBodies.YAML,
                        schema = @Schema(type = SchemaType.OBJECT, requiredProperties = "name"),
                        examples = @ExampleObject(name = "a time server", value = EXAMPLE_YAML))
            })
    @APIResponse(
            responseCode = "201",
            description = "It is a draft; Location names it",
            content = @Content(schema = @Schema(implementation = ProfileView.class)))
    @APIResponse(responseCode = "400", description = "Fields are wrong; the problem names each, with its place")
    @APIResponse(responseCode = "409", description = "There is one of that name")
    public Response create(
            @QueryParam("why") @Parameter(description = "For the history") @Nullable String why,
            @HeaderParam("Content-Type") @Parameter(hidden = true) @Nullable String contentType,
            byte @Nullable [] body)
            throws SQLException {
        ObjectNode document = ProfileBodies.document(body, contentType);
        StoredProfile profile = desk.create(deed(why, null), document);
        return Response.status(201)
                .header(HttpHeaders.LOCATION, "/api/profiles/" + profile.name())
                .header(HttpHeaders.ETAG, new Revision(profile.revision()).tag())
                .entity(ProfileView.of(profile))
                .build();
    }

    @GET
    @Path("/schema")
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR, Roles.SUPPORT, Roles.AUDITOR})
    @Operation(operationId = "getProfileSchema", summary = "Read the JSON Schema of profile documents")
    @Produces("application/schema+json")
    public String schema() throws IOException {
        try (InputStream schema = ProfilesResource.class.getResourceAsStream("/schemas/profile.schema.json")) {
            return new String(Objects.requireNonNull(schema).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @GET
    @Path("/settings")
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR, Roles.AUDITOR})
    @Operation(operationId = "getProfileSettings", summary = "Read how the tenant activates profiles")
    public Settings settings() throws SQLException {
        return new Settings(desk.fourEyes(caller.tenant()));
    }

    @PUT
    @Path("/settings")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.ADMIN)
    @Operation(
            operationId = "changeProfileSettings",
            summary = "Say whether activation takes a second person",
            description =
                    "With fourEyes a version has to be submitted for review, and is activated by somebody who neither"
                            + " wrote nor submitted it. Rolling back to a version that has been active takes one person.")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Settings.class),
                            examples = @ExampleObject(name = "four eyes", value = "{\"fourEyes\":true}")))
    public Settings changeSettings(Settings settings) throws SQLException {
        if (settings.fourEyes() == null) {
            throw Problem.invalid("fourEyes", "is true or false").exception();
        }
        desk.setFourEyes(caller.tenant(), settings.fourEyes());
        return settings;
    }

    @GET
    @Path("/{name}")
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR, Roles.SUPPORT, Roles.AUDITOR})
    @Operation(operationId = "getProfile", summary = "Read a profile: its newest version, and which one is active")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ProfileView.class)))
    @APIResponse(responseCode = "404", description = "There is no such profile")
    public Response get(@PathParam("name") String name) throws SQLException {
        return answer(find(name));
    }

    @GET
    @Path("/{name}")
    @Produces(ProfileBodies.YAML)
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR, Roles.SUPPORT, Roles.AUDITOR})
    @Operation(hidden = true)
    public Response getAsYaml(@PathParam("name") String name) throws SQLException {
        StoredProfile profile = find(name);
        return Response.ok(DocumentText.write(profile.document(), Syntax.YAML))
                .header(HttpHeaders.ETAG, new Revision(profile.revision()).tag())
                .build();
    }

    @PUT
    @Path("/{name}")
    @Consumes({MediaType.APPLICATION_JSON, ProfileBodies.YAML, "application/x-yaml", "text/yaml"})
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR})
    @Operation(
            operationId = "editProfile",
            summary = "Change the draft of a profile",
            description = "Where the newest version is active or retired this begins the next one, as a draft.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(type = SchemaType.OBJECT),
                            examples = @ExampleObject(name = "a time server", value = EXAMPLE)))
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ProfileView.class)))
    @APIResponse(responseCode = "412", description = "Somebody changed it meanwhile")
    public Response edit(
            @PathParam("name") String name,
            @QueryParam("why") @Nullable String why,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @HeaderParam("Content-Type") @Parameter(hidden = true) @Nullable String contentType,
            byte @Nullable [] body)
            throws SQLException {
        return answer(desk.edit(deed(why, ifMatch), name, ProfileBodies.document(body, contentType)));
    }

    @POST
    @Path("/{name}/submit")
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR})
    @Operation(operationId = "submitProfile", summary = "Ask for the review of a draft")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(type = SchemaType.OBJECT),
                            examples = @ExampleObject(name = "why", value = "{\"why\":\"new time servers\"}")))
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ProfileView.class)))
    @APIResponse(responseCode = "409", description = "It is no draft")
    public Response submit(
            @PathParam("name") String name,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            byte @Nullable [] body)
            throws SQLException {
        return answer(desk.submit(deed(Action.of(body).why(), ifMatch), name));
    }

    @POST
    @Path("/{name}/activate")
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR})
    @Operation(
            operationId = "activateProfile",
            summary = "Let the newest version hold",
            description =
                    "Each device becomes what it says at its next session. A clash with another active profile that"
                            + " can be seen without any device is an error.")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(type = SchemaType.OBJECT),
                            examples = @ExampleObject(name = "why", value = "{\"why\":\"tried on the beta devices\"}")))
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ProfileView.class)))
    @APIResponse(responseCode = "403", description = "The tenant wants a second person to activate it")
    @APIResponse(responseCode = "409", description = "It is neither draft nor under review")
    public Response activate(
            @PathParam("name") String name,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            byte @Nullable [] body)
            throws SQLException {
        return effective(desk.activate(deed(Action.of(body).why(), ifMatch), name));
    }

    @POST
    @Path("/{name}/rollback")
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR})
    @Operation(
            operationId = "rollBackProfile",
            summary = "Let an earlier version hold again",
            description = "The one that was active before, or the one that is named.")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(type = SchemaType.OBJECT),
                            examples =
                                    @ExampleObject(
                                            name = "to a version",
                                            value = "{\"version\":3,\"why\":\"complaints about slow Wi-Fi\"}")))
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ProfileView.class)))
    @APIResponse(responseCode = "409", description = "There is no such earlier version")
    public Response rollBack(
            @PathParam("name") String name,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            byte @Nullable [] body)
            throws SQLException {
        Action action = Action.of(body);
        return effective(desk.rollBack(deed(action.why(), ifMatch), name, action.version()));
    }

    @POST
    @Path("/{name}/retire")
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR})
    @Operation(
            operationId = "retireProfile",
            summary = "Let no version hold",
            description = "What it made of devices stays until something else is wanted of them.")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(type = SchemaType.OBJECT),
                            examples = @ExampleObject(name = "why", value = "{\"why\":\"the campaign is over\"}")))
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ProfileView.class)))
    @APIResponse(responseCode = "409", description = "None is active")
    public Response retire(
            @PathParam("name") String name,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            byte @Nullable [] body)
            throws SQLException {
        return effective(desk.retire(deed(Action.of(body).why(), ifMatch), name));
    }

    @GET
    @Path("/{name}/versions")
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR, Roles.SUPPORT, Roles.AUDITOR})
    @Operation(operationId = "listProfileVersions", summary = "List all versions of a profile, newest first")
    public All<ProfileView> versions(@PathParam("name") String name) throws SQLException {
        find(name);
        return new All<>(desk.versions(caller.tenant(), name).stream()
                .map(ProfileView::of)
                .toList());
    }

    @GET
    @Path("/{name}/versions/{version}")
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR, Roles.SUPPORT, Roles.AUDITOR})
    @Operation(operationId = "getProfileVersion", summary = "Read one version of a profile")
    @APIResponse(responseCode = "404", description = "There is no such version")
    public ProfileView version(@PathParam("name") String name, @PathParam("version") int version) throws SQLException {
        return desk.version(caller.tenant(), name, version)
                .map(ProfileView::of)
                .orElseThrow(() -> Problem.notFound("version " + version + " of profile", name)
                        .exception());
    }

    @GET
    @Path("/{name}/history")
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR, Roles.SUPPORT, Roles.AUDITOR})
    @Operation(operationId = "getProfileHistory", summary = "Read who did what to a profile and why, newest first")
    public All<Entry> history(@PathParam("name") String name) throws SQLException {
        find(name);
        return new All<>(desk.history(caller.tenant(), name));
    }

    private Deed deed(@Nullable String why, @Nullable String ifMatch) {
        return new Deed(caller.tenant(), caller.name(), why == null ? "" : why, ifMatch);
    }

    private StoredProfile find(String name) throws SQLException {
        return desk.latest(caller.tenant(), name)
                .orElseThrow(() -> Problem.notFound("profile", name).exception());
    }

    /** What holds has changed: for devices that this instance looks after, at once. */
    private Response effective(StoredProfile profile) throws SQLException {
        cache.refresh();
        return answer(profile);
    }

    private static Response answer(StoredProfile profile) {
        return Response.ok(ProfileView.of(profile))
                .header(HttpHeaders.ETAG, new Revision(profile.revision()).tag())
                .build();
    }
}

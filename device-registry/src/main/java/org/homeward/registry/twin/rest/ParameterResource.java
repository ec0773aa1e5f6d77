package org.homeward.registry.twin.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
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
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.homeward.contracts.DeviceId;
import org.homeward.contracts.rpc.ValueType;
import org.homeward.kit.rest.Cursor;
import org.homeward.kit.rest.Limit;
import org.homeward.kit.rest.Page;
import org.homeward.kit.security.Roles;
import org.homeward.registry.inventory.rest.Visible;
import org.homeward.registry.twin.TwinEntry;
import org.homeward.registry.twin.TwinReader;
import org.homeward.registry.twin.TwinStore;
import org.homeward.registry.twin.history.rest.HistoryResource;
import org.homeward.registry.twin.history.store.ChangeSearch.ValueChange;
import org.jspecify.annotations.Nullable;

/** What a device reported. */
@Path("/api/devices/{id}/parameters")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Parameters")
@RolesAllowed({Roles.ADMIN, Roles.OPERATOR, Roles.SUPPORT, Roles.FIELD, Roles.AUDITOR, Roles.SUBSCRIBER})
@RunOnVirtualThread
public class ParameterResource {

    private static final String ORDER = "path";

    private final TwinReader twins;
    private final Visible visible;
    private final HistoryResource history;

    @Inject
    public ParameterResource(TwinStore store, Visible visible, HistoryResource history) {
        this.history = history;
        this.twins = new TwinReader(store);
        this.visible = visible;
    }

    /**
     * A parameter, or an object where these are asked for.
     *
     * @param value null for an object, a secret, and a parameter that was named but not read
     * @param type as in XML Schema; {@code object}; {@code unknown} until it was read
     * @param writable null until the device told
     * @param seen when the device last said so: when it was read, or first came with an Inform
     * @param secret whether the value is kept back; left out where it is not
     */
    public record ParameterView(
            String path,
            @Nullable String value,
            String type,
            @Nullable Boolean writable,
            Instant seen,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean secret) {

        static ParameterView of(TwinEntry entry) {
            return new ParameterView(
                    entry.path(),
                    entry.value(),
                    entry.isObject() ? "object" : typeName(entry.type()),
                    switch (entry.access()) {
                        case UNKNOWN -> null;
                        case READ_ONLY -> false;
                        case WRITABLE -> true;
                    },
                    Instant.ofEpochMilli(entry.seen()),
                    entry.secret());
        }

        private static String typeName(ValueType type) {
            return type.typeName();
        }
    }

    @GET
    @Operation(
            summary = "Reported values of a device, by path",
            description = "Secrets are there without their value, marked \"secret\": true.")
    @APIResponse(
            responseCode = "200",
            description = "A page of parameters",
            content = @Content(examples = @ExampleObject(name = "page", value = """
                                    {"items": [{"path": "Device.WiFi.SSID.1.SSID", "value": "home", "type": "string",
                                      "writable": true, "seen": "2026-01-31T08:00:00Z"}], "next": null}
                                    """)))
    public Page<ParameterView> parameters(
            @Encoded @PathParam("id") DeviceId id,
            @Parameter(
                            description = "Partial path, which ends in a dot, or one parameter; all without",
                            example = "Device.WiFi.")
                    @QueryParam("path")
                    @Nullable
                    String path,
            @Parameter(description = "true lists objects as well") @QueryParam("objects") boolean objects,
            @Parameter(description = "1 to 500") @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor)
            throws SQLException {
        String wanted = PathParameter.read(path);
        int most = Limit.parse(limit).value();
        String after = cursor == null || cursor.isEmpty()
                ? null
                : Cursor.decode(cursor, ORDER).values().getFirst();
        visible.require(id);
        List<TwinEntry> found = twins.entries(visible.key(id), wanted, after, objects, most + 1);
        return Page.of(found, most, entry -> new Cursor(ORDER, List.of(entry.path())))
                .map(ParameterView::of);
    }

    /** The same list as {@code /api/devices/{id}/history}: people look for it in both places. */
    @GET
    @Path("/history")
    @Operation(hidden = true)
    public Page<ValueChange> history(
            @Encoded @PathParam("id") DeviceId id,
            @QueryParam("path") @Nullable String path,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor)
            throws SQLException {
        return history.history(id, path, limit, cursor);
    }
}

package org.homeward.registry.twin.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.homeward.contracts.DeviceId;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.TenantId;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.kit.rest.Problem;
import org.homeward.kit.security.Caller;
import org.homeward.kit.security.Roles;
import org.homeward.registry.inventory.rest.Visible;
import org.homeward.registry.twin.TwinReader;
import org.homeward.registry.twin.TwinStore;
import org.jspecify.annotations.Nullable;

/** What many devices reported of some parameters, for whoever goes through a fleet. */
@Path("/api/reported-values")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Parameters")
@RolesAllowed({Roles.ADMIN, Roles.OPERATOR, Roles.SUPPORT, Roles.FIELD, Roles.AUDITOR, Roles.SUBSCRIBER})
@RunOnVirtualThread
public class ReportedValuesResource {

    private static final int MOST_DEVICES = 1_000;
    private static final int MOST_PATHS = 2_000;

    /** Of whose owner it has to be asked one by one. */
    private static final int MOST_OWN_DEVICES = 20;

    private final TwinReader twins;
    private final Visible visible;
    private final Caller caller;

    @Inject
    public ReportedValuesResource(TwinStore store, Visible visible, Caller caller) {
        this.twins = new TwinReader(store);
        this.visible = visible;
        this.caller = caller;
    }

    /** @param devices ids; @param paths of parameters, or partial ones, which end in a dot, for all below */
    public record Wanted(
            @Nullable Set<String> devices, @Nullable Set<String> paths) {}

    /** By device id; without devices of which nothing is known. */
    public record Reported(Map<String, List<ParameterValue>> devices) {}

    @POST
    @Operation(
            operationId = "readReportedValues",
            summary = "Read what many devices reported of some parameters",
            description =
                    "At most 1000 devices and 2000 paths; a path that ends in a dot asks for all below."
                            + " Secrets, and what nobody knows, are left out. Subscribers ask for at most 20 devices of their own.")
    @RequestBody(
            content =
                    @Content(
                            examples =
                                    @ExampleObject(
                                            name = "a name of two devices",
                                            value = "{\"devices\":[\"001122-BOX-1\",\"001122-BOX-2\"],"
                                                    + "\"paths\":[\"Device.WiFi.SSID.1.SSID\"]}")))
    @APIResponse(responseCode = "400", description = "Too many, or an id that is none")
    @APIResponse(responseCode = "404", description = "One of the devices is not the subscriber's who asks")
    public Reported read(Wanted wanted) throws SQLException {
        TenantId tenant = caller.tenant();
        boolean own = visible.subscriber() != null;
        Set<String> ids = within("devices", wanted.devices(), own ? MOST_OWN_DEVICES : MOST_DEVICES);
        if (own) {
            for (String id : ids) {
                visible.require(device(id));
            }
        }
        Set<String> paths = within("paths", wanted.paths(), MOST_PATHS);
        Map<String, List<ParameterValue>> reported = new HashMap<>();
        twins.values(ids.stream().map(id -> new DeviceKey(tenant, device(id))).toList(), paths)
                .forEach((device, entries) -> reported.put(
                        device.device().toString(),
                        entries.stream()
                                .map(entry ->
                                        new ParameterValue(entry.path(), String.valueOf(entry.value()), entry.type()))
                                .toList()));
        return new Reported(reported);
    }

    private static DeviceId device(String id) {
        try {
            return DeviceId.parse(id);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("devices", "has " + id + ", which is no device's id")
                    .exception();
        }
    }

    private static Set<String> within(String field, @Nullable Set<String> given, int most) {
        if (given == null || given.isEmpty() || given.size() > most) {
            throw Problem.invalid(field, "has 1 to " + most + " entries").exception();
        }
        return given;
    }
}

package org.homeward.provisioning.capability.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.homeward.kit.security.Roles;
import org.homeward.provisioning.capability.Capability;
import org.homeward.provisioning.capability.Catalogue;

/** What home gateways can be told, whatever their model. */
@Path("/api/capabilities")
@Tag(name = "Capabilities")
@Produces(MediaType.APPLICATION_JSON)
public class CapabilitiesResource {

    /**
     * @param name with an asterisk for the index
     * @param indices that there are; empty where it has none
     * @param value what a value has to be
     * @param unit empty for none
     * @param columns of a table; empty for anything else
     */
    public record View(
            String name, List<String> indices, String value, String unit, String meaning, List<ColumnView> columns) {
        static View of(Capability capability) {
            return new View(
                    capability.name(),
                    capability.indices(),
                    capability.kind().words(),
                    capability.unit(),
                    capability.meaning(),
                    capability.columns().stream()
                            .map(column ->
                                    new ColumnView(column.name(), column.kind().words(), column.meaning()))
                            .toList());
        }
    }

    /** @param value what a value has to be */
    public record ColumnView(String name, String value, String meaning) {}

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR, Roles.SUPPORT, Roles.FIELD, Roles.AUDITOR})
    @Operation(operationId = "listCapabilities", summary = "List what home gateways can be told, whatever their model")
    public List<View> list() {
        return Catalogue.all().stream().map(View::of).toList();
    }
}

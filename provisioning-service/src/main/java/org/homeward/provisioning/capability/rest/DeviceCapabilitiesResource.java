package org.homeward.provisioning.capability.rest;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Encoded;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.homeward.contracts.DeviceId;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.rpc.SensitivePaths;
import org.homeward.kit.rest.Problem;
import org.homeward.kit.security.Caller;
import org.homeward.kit.security.Roles;
import org.homeward.provisioning.capability.Capability;
import org.homeward.provisioning.capability.Catalogue;
import org.homeward.provisioning.plan.DeviceLedger;
import org.homeward.provisioning.plan.events.ProvisioningOutbox;
import org.homeward.provisioning.plan.store.LedgerRows;
import org.homeward.provisioning.plan.store.StoredLedger;
import org.homeward.provisioning.profile.Vocabulary;
import org.homeward.provisioning.profile.Vocabulary.Meaning;
import org.homeward.provisioning.profile.Vocabulary.Place;
import org.homeward.provisioning.profile.rest.RegistryReports;
import org.homeward.provisioning.reconcile.Item;
import org.jspecify.annotations.Nullable;

/** By which parameters a device is told what, and what it says of them. */
@Path("/api/devices/{id}/capabilities")
@Tag(name = "Capabilities")
@Produces(MediaType.APPLICATION_JSON)
public class DeviceCapabilitiesResource {

    private final LedgerRows ledgers;
    private final Vocabulary vocabulary;
    private final RegistryReports reports;
    private final ProvisioningOutbox voice;
    private final Caller caller;

    public DeviceCapabilitiesResource(
            LedgerRows ledgers,
            Vocabulary vocabulary,
            RegistryReports reports,
            ProvisioningOutbox voice,
            Caller caller) {
        this.ledgers = ledgers;
        this.vocabulary = vocabulary;
        this.reports = reports;
        this.voice = voice;
        this.caller = caller;
    }

    /** @param value what the device reported in its own words; null where that is not known, and for secrets */
    public record Part(String path, @Nullable String value) {}

    /**
     * @param name with its index
     * @param parameters that have a part in it; empty where it can't be told
     * @param why it can't be told; null where it can
     */
    public record View(
            String name, List<Part> parameters, @Nullable String why) {}

    @GET
    @Blocking
    @RunOnVirtualThread
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR, Roles.SUPPORT, Roles.FIELD, Roles.AUDITOR})
    @Operation(
            operationId = "listCapabilitiesOfDevice",
            summary = "List by which parameters a device is told what, and what it reports of them",
            description = "Values are in the device's own words. Secrets are left out.")
    @APIResponse(responseCode = "404", description = "The device never called, nor was it registered")
    public List<View> list(@Encoded @PathParam("id") DeviceId id) throws SQLException {
        DeviceKey device = new DeviceKey(caller.tenant(), id);
        DeviceLedger ledger = Optional.ofNullable(ledgers.load(List.of(device)).get(device))
                .map(StoredLedger::ledger)
                .orElseThrow(() -> Problem.notFound("device", id).exception());
        Vocabulary.Model model =
                ledger.facts(Map.of(), List.of(), voice.clock().instant()).model();
        Map<String, Meaning> meanings = new LinkedHashMap<>();
        Catalogue.all().stream()
                .flatMap(Capability::names)
                .forEach(name -> meanings.put(name, vocabulary.on(model, Vocabulary.CAPABILITY + name)));
        Map<String, String> reported = reported(id, ledger, meanings);
        return meanings.entrySet().stream()
                .map(each -> view(each.getKey(), each.getValue(), reported))
                .toList();
    }

    private Map<String, String> reported(DeviceId id, DeviceLedger ledger, Map<String, Meaning> meanings) {
        Set<String> paths = new HashSet<>();
        for (Meaning meaning : meanings.values()) {
            if (meaning instanceof Meaning.Parameters meant) {
                for (Place place : meant.places()) {
                    place.checks().forEach(check -> paths.add(check.path()));
                    place.parameters().forEach(parameter -> paths.add(parameter.path()));
                }
            }
        }
        Map<String, String> reported = new HashMap<>();
        if (!paths.isEmpty()) {
            reports.with(caller.token())
                    .of(List.of(id), paths)
                    .getOrDefault(id, List.of())
                    .forEach(value -> reported.put(value.path(), value.value()));
        }
        // what was heard in a session is known here first
        for (String path : paths) {
            Item item = ledger.standing().items().get(path);
            if (item != null && item.seen() != null && !item.missing()) {
                reported.put(path, item.seen());
            }
        }
        return reported;
    }

    private static View view(String name, Meaning meaning, Map<String, String> reported) {
        return switch (meaning) {
            case Meaning.None none -> new View(name, List.of(), none.why());
            case Meaning.Parameters meant ->
                meant.places().stream()
                        .filter(place -> place.isConfirmedBy(reported))
                        .findFirst()
                        .map(place -> new View(name, parts(place, reported), null))
                        .orElseGet(() ->
                                new View(name, List.of(), "nothing that the device reported says where it stands"));
        };
    }

    private static List<Part> parts(Place place, Map<String, String> reported) {
        return place.parameters().stream()
                .map(parameter -> new Part(
                        parameter.path(),
                        SensitivePaths.isSensitive(parameter.path()) ? null : reported.get(parameter.path())))
                .toList();
    }
}

package org.homeward.provisioning.profile.rest;

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
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.homeward.contracts.DeviceId;
import org.homeward.contracts.DeviceKey;
import org.homeward.kit.rest.Problem;
import org.homeward.kit.security.Caller;
import org.homeward.kit.security.Roles;
import org.homeward.provisioning.plan.ConnectionSecrets;
import org.homeward.provisioning.plan.DeviceLedger;
import org.homeward.provisioning.plan.events.ProvisioningOutbox;
import org.homeward.provisioning.plan.store.LedgerRows;
import org.homeward.provisioning.plan.store.StoredLedger;
import org.homeward.provisioning.profile.PersonalSettings;
import org.homeward.provisioning.profile.ProfileBook;
import org.homeward.provisioning.profile.Vocabulary;
import org.homeward.provisioning.reconcile.Explanation;
import org.homeward.provisioning.reconcile.Reconciler;
import org.homeward.provisioning.selfcare.store.PersonalBook;

/** Why a device is, or is not yet, what it should be. */
@Path("/api/devices/{id}/explain")
@Tag(name = "Profiles")
@Produces(MediaType.APPLICATION_JSON)
public class ExplainResource {

    private final LedgerRows ledgers;
    private final ProfileBook profiles;
    private final PersonalBook personal;
    private final Reconciler reconciler;
    private final ProvisioningOutbox voice;
    private final Caller caller;

    public ExplainResource(
            LedgerRows ledgers,
            ProfileBook profiles,
            PersonalBook personal,
            Vocabulary vocabulary,
            ConnectionSecrets secrets,
            ProvisioningOutbox voice,
            Caller caller) {
        this.ledgers = ledgers;
        this.profiles = profiles;
        this.personal = personal;
        this.reconciler = new Reconciler(vocabulary, secrets);
        this.voice = voice;
        this.caller = caller;
    }

    @GET
    @Blocking
    @RunOnVirtualThread
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR, Roles.SUPPORT, Roles.FIELD, Roles.AUDITOR})
    @Operation(
            operationId = "explainDevice",
            summary = "Explain why a device is, or is not yet, what it should be",
            description =
                    "Every desired value with the profile and the line that it comes from, what the device reports,"
                            + " and in words what is pending and what it waits for. Profiles that apply to one event only"
                            + " are left out.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Explanation.class)))
    @APIResponse(responseCode = "404", description = "The device never called, nor was it registered")
    public Explanation explain(@Encoded @PathParam("id") DeviceId id) throws SQLException {
        DeviceKey device = new DeviceKey(caller.tenant(), id);
        DeviceLedger ledger = Optional.ofNullable(ledgers.load(List.of(device)).get(device))
                .map(StoredLedger::ledger)
                .orElseThrow(() -> Problem.notFound("device", id).exception());
        Instant now = voice.clock().instant();
        PersonalSettings chosen = personal.of(device.tenant(), ledger.about().subscriberId());
        return reconciler.explain(
                ledger.standing(),
                profiles.of(device.tenant()).with(chosen),
                reported -> ledger.facts(reported, List.of(), now),
                now);
    }
}

package org.homeward.provisioning.reachability.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
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
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.homeward.contracts.DeviceId;
import org.homeward.contracts.DeviceKey;
import org.homeward.kit.rest.Problem;
import org.homeward.kit.security.Caller;
import org.homeward.kit.security.Roles;
import org.homeward.provisioning.plan.DeviceLedger;
import org.homeward.provisioning.plan.events.ProvisioningOutbox;
import org.homeward.provisioning.plan.store.LedgerRows;
import org.homeward.provisioning.plan.store.StoredLedger;
import org.homeward.provisioning.reachability.Reachability;
import org.jspecify.annotations.Nullable;

/** Whether a device can be reached, by which ways, and how anybody knows. */
@Path("/api/devices/{id}/reachability")
@Tag(name = "Orders")
@Produces(MediaType.APPLICATION_JSON)
public class ReachabilityResource {

    private static final String EXAMPLE = """
            {"state":"online","by":["stun","xmpp"],"since":"2026-11-21T08:00:00Z",
             "evidence":"it called at 2026-11-22T09:41:07Z, and is not late for its next periodic Inform",
             "lastInform":"2026-11-22T09:41:07Z","ways":[
             {"transport":"stun","address":"203.0.113.7:40123","state":"open",
             "evidence":"it keeps a binding open to stun-1 since 2026-11-21T08:00:04Z",
             "lastSuccess":"2026-11-22T07:12:40Z","lastFailure":null,"lastCause":null},
             {"transport":"xmpp","address":"cpe-1@example.net/box","state":"open",
             "evidence":"signed in since 2026-11-21T08:00:05Z","lastSuccess":null,"lastFailure":null,"lastCause":null},
             {"transport":"http","address":"192.168.1.1:7547","state":"doubtful",
             "evidence":"its ConnectionRequestURL names another address than it last called from, 203.0.113.7",
             "lastSuccess":null,"lastFailure":"2026-11-22T07:12:40Z",
             "lastCause":"The device asks to be called at 192.168.1.1 but last called from 203.0.113.7"}]}""";

    private final LedgerRows ledgers;
    private final RegistryContacts contacts;
    private final ProvisioningOutbox voice;
    private final Caller caller;

    public ReachabilityResource(
            LedgerRows ledgers, RegistryContacts contacts, ProvisioningOutbox voice, Caller caller) {
        this.ledgers = ledgers;
        this.contacts = contacts;
        this.voice = voice;
        this.caller = caller;
    }

    /** As REST shows it. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    @Schema(name = "Reachability")
    public record View(
            @Schema(enumeration = {"online", "reachable", "silent", "unknown"})
            String state,

            @Schema(description = "Ways that are likely to make it call, the likeliest first: http, stun, xmpp")
            List<String> by,

            @Nullable Instant since,
            String evidence,
            @Nullable Instant lastInform,
            List<WayView> ways) {

        static View of(Reachability reachability) {
            return new View(
                    reachability.state().name().toLowerCase(Locale.ROOT),
                    reachability.by(),
                    reachability.since(),
                    reachability.evidence(),
                    reachability.lastInform(),
                    reachability.ways().stream().map(WayView::of).toList());
        }
    }

    /** A way as REST shows it. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    @Schema(name = "WayToDevice")
    public record WayView(
            @Schema(enumeration = {"http", "stun", "xmpp"}) String transport,

            String address,

            @Schema(enumeration = {"open", "doubtful", "closed"})
            String state,

            String evidence,
            @Nullable Instant lastSuccess,
            @Nullable Instant lastFailure,
            @Nullable String lastCause) {

        static WayView of(Reachability.Lead lead) {
            return new WayView(
                    lead.transport(),
                    lead.address(),
                    lead.promise().name().toLowerCase(Locale.ROOT),
                    lead.evidence(),
                    lead.lastSuccess(),
                    lead.lastFailure(),
                    lead.lastCause());
        }
    }

    @GET
    @Blocking
    @RunOnVirtualThread
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR, Roles.SUPPORT, Roles.FIELD, Roles.AUDITOR})
    @Operation(
            operationId = "getReachability",
            summary = "Tell whether a device can be reached, by which ways, and how that is known",
            description =
                    "Nothing is sent to the device. online: it is in a session, or called within what its interval"
                            + " promises. reachable: it did not, but keeps a way open. silent: neither.")
    @APIResponse(
            responseCode = "200",
            content =
                    @Content(
                            schema = @Schema(implementation = View.class),
                            examples = @ExampleObject(name = "behind NAT", value = EXAMPLE)))
    @APIResponse(responseCode = "404", description = "The device never called, nor was it registered")
    public View reachability(@Encoded @PathParam("id") DeviceId id) throws SQLException, InterruptedException {
        DeviceKey device = new DeviceKey(caller.tenant(), id);
        DeviceLedger ledger = Optional.ofNullable(ledgers.load(List.of(device)).get(device))
                .map(StoredLedger::ledger)
                .orElseThrow(() -> Problem.notFound("device", id).exception());
        return View.of(Reachability.of(
                ledger, contacts.of(id, caller.token()), voice.clock().instant()));
    }
}

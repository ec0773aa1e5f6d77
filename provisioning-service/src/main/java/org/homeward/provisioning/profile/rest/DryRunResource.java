package org.homeward.provisioning.profile.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.homeward.contracts.TenantId;
import org.homeward.kit.rest.Problem;
import org.homeward.kit.security.Caller;
import org.homeward.kit.security.Roles;
import org.homeward.provisioning.plan.ConnectionSecrets;
import org.homeward.provisioning.plan.DeviceLedger;
import org.homeward.provisioning.plan.events.ProvisioningOutbox;
import org.homeward.provisioning.plan.store.LedgerRows;
import org.homeward.provisioning.plan.store.StoredLedger;
import org.homeward.provisioning.profile.ActiveProfiles;
import org.homeward.provisioning.profile.Profile;
import org.homeward.provisioning.profile.ProfileBook;
import org.homeward.provisioning.profile.Vocabulary;
import org.homeward.provisioning.profile.rest.ProfileBodies.Action;
import org.homeward.provisioning.profile.store.ProfileDesk;
import org.homeward.provisioning.profile.store.StoredProfile;
import org.homeward.provisioning.reconcile.Forecast;
import org.homeward.provisioning.reconcile.Reconciler;
import org.jspecify.annotations.Nullable;

/** What a profile would do to the fleet, before it is active. */
@Path("/api/profiles/{name}/dry-run")
@Tag(name = "Profiles")
public class DryRunResource {

    private static final int AT_ONCE = 1_000;

    private final ProfileDesk desk;
    private final ProfileBook book;
    private final LedgerRows ledgers;
    private final Vocabulary vocabulary;
    private final Reconciler reconciler;
    private final ProvisioningOutbox voice;
    private final ObjectMapper json;
    private final Caller caller;

    public DryRunResource(
            ProfileDesk desk,
            ProfileBook book,
            LedgerRows ledgers,
            Vocabulary vocabulary,
            ConnectionSecrets secrets,
            ProvisioningOutbox voice,
            ObjectMapper json,
            Caller caller) {
        this.desk = desk;
        this.book = book;
        this.ledgers = ledgers;
        this.vocabulary = vocabulary;
        this.reconciler = new Reconciler(vocabulary, secrets);
        this.voice = voice;
        this.json = json;
        this.caller = caller;
    }

    /** One line of the answer. */
    public record Affected(String device, Forecast forecast) {}

    /**
     * Where it stands; the last line of the answer is one with {@code done}.
     *
     * @param devices looked at so far
     * @param affected that the profile has something to say of
     * @param changed of these, in which something would be written, added or has to be read
     * @param remarked of these, in which something would not come true
     */
    public record Progress(boolean done, long devices, long affected, long changed, long remarked) {

        Progress and(long more, List<Affected> found) {
            return new Progress(
                    false,
                    devices + more,
                    affected + found.size(),
                    changed
                            + found.stream()
                                    .filter(each -> !each.forecast().changes().isEmpty())
                                    .count(),
                    remarked
                            + found.stream()
                                    .filter(each -> !each.forecast().remarks().isEmpty())
                                    .count());
        }

        Progress atItsEnd() {
            return new Progress(true, devices, affected, changed, remarked);
        }
    }

    @POST
    @Blocking
    @RunOnVirtualThread
    @Produces("application/x-ndjson")
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR})
    @Operation(
            operationId = "dryRunProfile",
            summary = "Tell what a version of a profile would do to the devices of the tenant",
            description = "Nothing is changed. The answer is streamed, a line of JSON each: for every device that the"
                    + " profile has something to say of what would be written from what to what, or has to be read first,"
                    + " and what would not come true; after every thousand devices how far it has come; and at the end a"
                    + " line with \"done\": true. The newest version is tried unless another is named, beside the other"
                    + " active profiles. It goes by what the brain knows of each device.")
    @RequestBody(
            content =
                    @Content(
                            schema = @Schema(type = SchemaType.OBJECT),
                            examples = @ExampleObject(name = "an earlier version", value = "{\"version\":3}")))
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(oneOf = {Affected.class, Progress.class})))
    @APIResponse(responseCode = "404", description = "There is no such profile, or version")
    public StreamingOutput dryRun(@PathParam("name") String name, byte @Nullable [] body) throws SQLException {
        TenantId tenant = caller.tenant();
        Integer version = Action.of(body).version();
        StoredProfile stored = (version == null ? desk.latest(tenant, name) : desk.version(tenant, name, version))
                .orElseThrow(() -> Problem.notFound("profile", name).exception());
        ActiveProfiles profiles = withCandidate(tenant, stored);
        Instant now = voice.clock().instant();
        return out -> stream(out, tenant, name, profiles, now);
    }

    /** As if this version were active. */
    private ActiveProfiles withCandidate(TenantId tenant, StoredProfile stored) {
        List<Profile> profiles = new ArrayList<>(book.of(tenant).all());
        profiles.removeIf(profile -> profile.name().equals(stored.name()));
        switch (Profile.compile(stored.document(), stored.version(), vocabulary)) {
            case Profile.Compilation.Good good -> profiles.add(good.profile());
            case Profile.Compilation.Faulty faulty ->
                throw Problem.conflict(
                                "It can't be used any more: " + faulty.errors().getFirst())
                        .exception();
        }
        return new ActiveProfiles(-1, profiles);
    }

    private void stream(OutputStream out, TenantId tenant, String name, ActiveProfiles profiles, Instant now)
            throws IOException {
        Progress progress = new Progress(false, 0, 0, 0, 0);
        String after = "";
        int found = AT_ONCE;
        while (found == AT_ONCE) {
            List<StoredLedger> page = page(tenant, after);
            found = page.size();
            List<Affected> affected = new ArrayList<>();
            for (StoredLedger each : page) {
                DeviceLedger ledger = each.ledger();
                after = ledger.key().toString();
                forecast(ledger, name, profiles, now)
                        .ifPresent(forecast ->
                                affected.add(new Affected(ledger.key().device().toString(), forecast)));
            }
            progress = progress.and(found, affected);
            for (Affected each : affected) {
                line(out, each);
            }
            line(out, found == AT_ONCE ? progress : progress.atItsEnd());
            out.flush();
        }
    }

    private List<StoredLedger> page(TenantId tenant, String after) throws IOException {
        try {
            return ledgers.page(tenant, after, AT_ONCE);
        } catch (SQLException e) {
            throw new IOException("the ledgers can't be read", e);
        }
    }

    private Optional<Forecast> forecast(DeviceLedger ledger, String name, ActiveProfiles profiles, Instant now) {
        return reconciler.forecast(
                name, ledger.standing(), profiles, reported -> ledger.facts(reported, List.of(), now), now);
    }

    private void line(OutputStream out, Object value) throws IOException {
        out.write((json.writeValueAsString(value) + '\n').getBytes(StandardCharsets.UTF_8));
    }
}

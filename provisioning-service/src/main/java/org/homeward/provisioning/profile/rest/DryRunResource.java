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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
import org.homeward.provisioning.profile.PersonalSettings;
import org.homeward.provisioning.profile.Profile;
import org.homeward.provisioning.profile.ProfileBook;
import org.homeward.provisioning.profile.Vocabulary;
import org.homeward.provisioning.profile.rest.ProfileBodies.Trial;
import org.homeward.provisioning.profile.store.ProfileDesk;
import org.homeward.provisioning.profile.store.StoredProfile;
import org.homeward.provisioning.reconcile.Forecast;
import org.homeward.provisioning.reconcile.Reconciler;
import org.homeward.provisioning.reconcile.Tally;
import org.homeward.provisioning.reconcile.Tally.OfParameter;
import org.homeward.provisioning.reconcile.Tally.Sum;
import org.homeward.provisioning.selfcare.Owner;
import org.homeward.provisioning.selfcare.store.PersonalBook;
import org.jspecify.annotations.Nullable;

/** What a profile would do to the fleet, before it is active. */
@Path("/api/profiles/{name}/dry-run")
@Tag(name = "Profiles")
public class DryRunResource {

    private static final int AT_ONCE = 1_000;

    private final ProfileDesk desk;
    private final ProfileBook book;
    private final PersonalBook personal;
    private final LedgerRows ledgers;
    private final Vocabulary vocabulary;
    private final Reconciler reconciler;
    private final ProvisioningOutbox voice;
    private final ObjectMapper json;
    private final RegistryReports reports;
    private final Caller caller;

    public DryRunResource(
            ProfileDesk desk,
            ProfileBook book,
            PersonalBook personal,
            LedgerRows ledgers,
            Vocabulary vocabulary,
            ConnectionSecrets secrets,
            ProvisioningOutbox voice,
            ObjectMapper json,
            RegistryReports reports,
            Caller caller) {
        this.desk = desk;
        this.book = book;
        this.personal = personal;
        this.ledgers = ledgers;
        this.vocabulary = vocabulary;
        this.reconciler = new Reconciler(vocabulary, secrets);
        this.voice = voice;
        this.json = json;
        this.reports = reports;
        this.caller = caller;
    }

    /** A line of the answer: a device. @param matches whether the profile is for it */
    public record Affected(String device, boolean matches, Forecast forecast) {}

    /** A line of the answer: how far it has come. @param of so many devices */
    public record Progress(long of, Sum sum) {}

    /**
     * The last line of the answer.
     *
     * @param done true
     * @param parameters that would change, those of the most devices first
     * @param millis that the dry run took
     */
    public record End(boolean done, Sum sum, List<OfParameter> parameters, long millis) {}

    @POST
    @Blocking
    @RunOnVirtualThread
    @Produces("application/x-ndjson")
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR})
    @Operation(
            operationId = "dryRunProfile",
            summary = "Tell what a version of a profile would do to the devices of the tenant",
            description = "Nothing is changed. The answer is streamed, a line of JSON each: for every device that the"
                    + " profile is for, or was for until now, what its next session would do, from what to what, and what"
                    + " would not come true; after every thousand devices how far it has come; and at the end the sum, with"
                    + " \"done\": true. The newest version is tried unless another is named, beside the other active"
                    + " profiles, on all devices or those chosen by a condition. It goes by what each"
                    + " device reported.")
    @RequestBody(
            content =
                    @Content(
                            schema = @Schema(type = SchemaType.OBJECT),
                            examples =
                                    @ExampleObject(
                                            name = "an earlier version, on some devices, the sum alone",
                                            value = "{\"version\":3,\"where\":\"'beta' in device.tags\","
                                                    + "\"details\":false}")))
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(oneOf = {Affected.class, Progress.class, End.class})))
    @APIResponse(responseCode = "400", description = "The condition is wrong; the problem says where")
    @APIResponse(responseCode = "404", description = "There is no such profile, or version")
    public StreamingOutput dryRun(@PathParam("name") String name, byte @Nullable [] body) throws SQLException {
        TenantId tenant = caller.tenant();
        Trial trial = Trial.of(body);
        Integer version = trial.version();
        StoredProfile stored = (version == null ? desk.latest(tenant, name) : desk.version(tenant, name, version))
                .orElseThrow(() -> Problem.notFound("profile", name).exception());
        Profile candidate = switch (Profile.compile(stored.document(), stored.version(), vocabulary)) {
            case Profile.Compilation.Good good -> good.profile();
            case Profile.Compilation.Faulty faulty ->
                throw Problem.conflict(
                                "It can't be used any more: " + faulty.errors().getFirst())
                        .exception();
        };
        FleetTrial fleet = new FleetTrial(
                reconciler,
                candidate,
                book.of(tenant),
                trial.where(),
                reports.with(caller.token()),
                voice.clock().instant(),
                vocabulary);
        return out -> stream(out, tenant, fleet, trial.details());
    }

    private void stream(OutputStream out, TenantId tenant, FleetTrial fleet, boolean details) throws IOException {
        Instant began = voice.clock().instant();
        long of = sql(() -> ledgers.count(tenant));
        String after = "";
        List<StoredLedger> page;
        do {
            String last = after;
            page = sql(() -> ledgers.page(tenant, last, AT_ONCE));
            List<DeviceLedger> devices = page.stream().map(StoredLedger::ledger).toList();
            for (Affected each : fleet.tryOn(devices, sql(() -> chosen(devices)))) {
                if (details) {
                    line(out, each);
                }
            }
            after = devices.isEmpty() ? last : devices.getLast().key().toString();
            if (page.size() == AT_ONCE) {
                line(out, new Progress(of, fleet.tally().sum()));
                out.flush();
            }
        } while (page.size() == AT_ONCE);
        Tally tally = fleet.tally();
        long millis = Duration.between(began, voice.clock().instant()).toMillis();
        line(out, new End(true, tally.sum(), tally.parameters(), millis));
        out.flush();
    }

    private Map<Owner, PersonalSettings> chosen(List<DeviceLedger> devices) throws SQLException {
        return personal.read(devices.stream()
                .flatMap(each -> Owner.of(each.key(), each.about().subscriberId()).stream())
                .toList());
    }

    private interface Query<T> {
        T ask() throws SQLException;
    }

    private static <T> T sql(Query<T> query) throws IOException {
        try {
            return query.ask();
        } catch (SQLException e) {
            throw new IOException("the ledgers can't be read", e);
        }
    }

    private void line(OutputStream out, Object value) throws IOException {
        out.write((json.writeValueAsString(value) + '\n').getBytes(StandardCharsets.UTF_8));
    }
}

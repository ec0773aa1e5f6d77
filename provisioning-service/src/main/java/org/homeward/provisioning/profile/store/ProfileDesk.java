package org.homeward.provisioning.profile.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.homeward.contracts.TenantId;
import org.homeward.kit.rest.Problem;
import org.homeward.kit.rest.Problem.FieldError;
import org.homeward.kit.rest.Revision;
import org.homeward.kit.security.FieldCipher;
import org.homeward.provisioning.plan.events.ProvisioningOutbox;
import org.homeward.provisioning.profile.Clashes;
import org.homeward.provisioning.profile.DocumentError;
import org.homeward.provisioning.profile.DocumentText;
import org.homeward.provisioning.profile.Profile;
import org.homeward.provisioning.profile.ProfileState;
import org.homeward.provisioning.profile.Vocabulary;
import org.homeward.provisioning.profile.store.StoredProfile.Entry;
import org.jspecify.annotations.Nullable;

/** What people do with profiles, each in one transaction, with who and why. Refusals are problems for REST. */
@ApplicationScoped
public class ProfileDesk {

    private final AgroalDataSource database;
    private final Vocabulary vocabulary;
    private final FieldCipher cipher;
    private final ProvisioningOutbox voice;

    public ProfileDesk(
            @DataSource("provisioning") AgroalDataSource database,
            Vocabulary vocabulary,
            FieldCipher cipher,
            ProvisioningOutbox voice) {
        this.database = database;
        this.vocabulary = vocabulary;
        this.cipher = cipher;
        this.voice = voice;
    }

    /** Who does it, and why. @param ifMatch the revision that they have seen; null for any */
    public record Deed(
            TenantId tenant,
            String by,
            String why,
            @Nullable String ifMatch) {}

    private interface Work<T> {
        T in(ProfileRows rows) throws SQLException;
    }

    private <T> T with(TenantId tenant, Work<T> work) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return work.in(new ProfileRows(connection, tenant));
        }
    }

    private Instant now() {
        return voice.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    }

    @Transactional
    public List<StoredProfile> page(TenantId tenant, String after, int limit) throws SQLException {
        return with(tenant, rows -> rows.page(after, limit));
    }

    @Transactional
    public Optional<StoredProfile> latest(TenantId tenant, String name) throws SQLException {
        return with(tenant, rows -> rows.latest(name));
    }

    @Transactional
    public Optional<StoredProfile> version(TenantId tenant, String name, int version) throws SQLException {
        return with(tenant, rows -> rows.version(name, version));
    }

    @Transactional
    public List<StoredProfile> versions(TenantId tenant, String name) throws SQLException {
        return with(tenant, rows -> rows.versions(name));
    }

    @Transactional
    public List<Entry> history(TenantId tenant, String name) throws SQLException {
        return with(tenant, rows -> rows.history(name));
    }

    @Transactional
    public boolean fourEyes(TenantId tenant) throws SQLException {
        return with(tenant, ProfileRows::fourEyes);
    }

    @Transactional
    public void setFourEyes(TenantId tenant, boolean wanted) throws SQLException {
        with(tenant, rows -> {
            rows.setFourEyes(wanted);
            return wanted;
        });
    }

    /** A new profile, as a draft. */
    @Transactional
    public StoredProfile create(Deed deed, ObjectNode document) throws SQLException {
        return with(deed.tenant(), rows -> {
            Profile profile = check(rows, document, 1);
            if (!rows.create(profile.name())) {
                throw Problem.conflict("There is a profile " + profile.name() + " already; PUT changes it.")
                        .exception();
            }
            rows.addVersion(profile.name(), 1, sealed(document), deed.by(), now(), deed.why());
            return told(rows, profile.name(), 1, "created", deed);
        });
    }

    /** Changes the draft, or begins a new one where the newest version has been active. */
    @Transactional
    public StoredProfile edit(Deed deed, String name, ObjectNode document) throws SQLException {
        return with(deed.tenant(), rows -> {
            StoredProfile latest = toChange(rows, deed, name);
            int version = latest.state().isOpen() ? latest.version() : latest.version() + 1;
            Profile profile = check(rows, document, version);
            if (!profile.name().equals(name)) {
                throw Problem.invalid("name", "is " + profile.name() + ", but this is the profile " + name)
                        .exception();
            }
            if (latest.state().isOpen()) {
                rows.changeDraft(name, version, sealed(document), deed.by(), now(), deed.why());
            } else {
                rows.addVersion(name, version, sealed(document), deed.by(), now(), deed.why());
            }
            return told(rows, name, version, "edited", deed);
        });
    }

    /** Asks for the draft's review. */
    @Transactional
    public StoredProfile submit(Deed deed, String name) throws SQLException {
        return with(deed.tenant(), rows -> {
            StoredProfile latest = toChange(rows, deed, name);
            require(latest, latest.state() == ProfileState.DRAFT, "only a draft can be submitted for review");
            rows.changeState(name, latest.version(), ProfileState.REVIEW, deed.by());
            return told(rows, name, latest.version(), "submitted", deed);
        });
    }

    /** Makes the newest version the one that holds. */
    @Transactional
    public StoredProfile activate(Deed deed, String name) throws SQLException {
        return with(deed.tenant(), rows -> {
            StoredProfile latest = toChange(rows, deed, name);
            require(latest, latest.state().isOpen(), "only a draft, or a version under review, can be activated");
            if (rows.fourEyes()) {
                require(latest, latest.state() == ProfileState.REVIEW, "it has to be submitted for review first");
                if (deed.by().equals(latest.editedBy()) || deed.by().equals(latest.submittedBy())) {
                    throw Problem.forbidden("Somebody else has to activate it: you wrote it, or submitted it.")
                            .exception();
                }
            }
            return activate(rows, deed, latest, "activated");
        });
    }

    /** Lets an earlier version hold again. @param version null for the one that was active before this one */
    @Transactional
    public StoredProfile rollBack(Deed deed, String name, @Nullable Integer version) throws SQLException {
        return with(deed.tenant(), rows -> {
            StoredProfile latest = toChange(rows, deed, name);
            Integer active = latest.activeVersion();
            StoredProfile target = rows.versions(name).stream()
                    .filter(each -> each.state() == ProfileState.RETIRED)
                    .filter(each ->
                            version == null ? active == null || each.version() < active : each.version() == version)
                    .findFirst()
                    .orElseThrow(() -> Problem.conflict(
                                    version == null
                                            ? "No earlier version of " + name + " has been active."
                                            : "Version " + version + " of " + name
                                                    + " has never been active, or is so now.")
                            .exception());
            return activate(rows, deed, target, "rolled back");
        });
    }

    private StoredProfile activate(ProfileRows rows, Deed deed, StoredProfile target, String what) throws SQLException {
        check(rows, target.document(), target.version());
        if (target.activeVersion() != null) {
            rows.changeState(target.name(), target.activeVersion(), ProfileState.RETIRED, null);
        }
        rows.changeState(target.name(), target.version(), ProfileState.ACTIVE, null);
        rows.setActive(target.name(), target.version());
        return told(rows, target.name(), target.version(), what, deed);
    }

    /** Lets no version hold. What it made of devices stays until something else is wanted. */
    @Transactional
    public StoredProfile retire(Deed deed, String name) throws SQLException {
        return with(deed.tenant(), rows -> {
            StoredProfile latest = toChange(rows, deed, name);
            Integer active = latest.activeVersion();
            if (active == null) {
                throw Problem.conflict("No version of " + name + " is active.").exception();
            }
            rows.changeState(name, active, ProfileState.RETIRED, null);
            rows.setActive(name, null);
            return told(rows, name, active, "retired", deed);
        });
    }

    private static void require(StoredProfile profile, boolean allowed, String rule) {
        if (!allowed) {
            throw Problem.conflict("Version " + profile.version() + " of " + profile.name() + " is " + profile.state()
                            + "; " + rule + ".")
                    .exception();
        }
    }

    private static StoredProfile toChange(ProfileRows rows, Deed deed, String name) throws SQLException {
        StoredProfile latest = rows.latestToChange(name)
                .orElseThrow(() -> Problem.notFound("profile", name).exception());
        new Revision(latest.revision()).requireMatch(deed.ifMatch());
        return latest;
    }

    private StoredProfile told(ProfileRows rows, String name, int version, String what, Deed deed) throws SQLException {
        rows.tell(name, new Entry(version, what, deed.by(), now(), deed.why()));
        return rows.version(name, version).orElseThrow();
    }

    private ObjectNode sealed(ObjectNode document) {
        return DocumentText.sealed(document, cipher::seal);
    }

    /** Compiles it, and looks for clashes with what is active. */
    private Profile check(ProfileRows rows, ObjectNode document, int version) throws SQLException {
        return switch (Profile.compile(document, version, vocabulary)) {
            case Profile.Compilation.Faulty faulty -> throw problem(faulty.errors());
            case Profile.Compilation.Good good -> {
                List<DocumentError> clashes =
                        Clashes.between(good.profile(), ProfileCache.compiled(rows.active(), vocabulary));
                if (!clashes.isEmpty()) {
                    throw problem(clashes);
                }
                yield good.profile();
            }
        };
    }

    private static RuntimeException problem(List<DocumentError> errors) {
        List<FieldError> fields = new ArrayList<>();
        errors.forEach(error -> fields.add(new FieldError(error.field(), error.text())));
        return Problem.invalid(fields).exception();
    }
}

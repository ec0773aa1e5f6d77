package org.homeward.provisioning.profile.rest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.homeward.provisioning.plan.DeviceLedger;
import org.homeward.provisioning.profile.ActiveProfiles;
import org.homeward.provisioning.profile.Facts;
import org.homeward.provisioning.profile.Profile;
import org.homeward.provisioning.profile.Selection;
import org.homeward.provisioning.profile.rest.DryRunResource.Affected;
import org.homeward.provisioning.reconcile.Forecast;
import org.homeward.provisioning.reconcile.Reconciler;
import org.homeward.provisioning.reconcile.Tally;
import org.jspecify.annotations.Nullable;

/** Tries a version of a profile on one device after the other, beside the other active profiles. For one thread. */
final class FleetTrial {

    private final Reconciler reconciler;
    private final Profile candidate;
    private final @Nullable Profile active;
    private final ActiveProfiles profiles;
    private final Selection selection;
    private final Instant now;
    private final Tally tally = new Tally();

    FleetTrial(Reconciler reconciler, Profile candidate, ActiveProfiles book, Selection selection, Instant now) {
        this.reconciler = reconciler;
        this.candidate = candidate;
        List<Profile> all = new ArrayList<>(book.all());
        this.active = all.stream()
                .filter(profile -> profile.name().equals(candidate.name()))
                .findFirst()
                .orElse(null);
        all.remove(active);
        all.add(candidate);
        this.profiles = new ActiveProfiles(-1, all);
        this.selection = selection;
        this.now = now;
    }

    Tally tally() {
        return tally;
    }

    /** Empty where the profile neither is nor was for the device. */
    Optional<Affected> tryOn(DeviceLedger ledger) {
        Function<Map<String, String>, Facts> facts = reported -> ledger.facts(reported, List.of(), now);
        Facts known = reconciler.known(ledger.standing(), profiles, facts);
        if (!selection.includes(known)) {
            return Optional.empty();
        }
        if (known.root().isEmpty()) {
            tally.silent();
            return Optional.empty();
        }
        boolean concerns = candidate.mayBeFor(known) || active != null && active.mayBeFor(known);
        if (!concerns) {
            tally.skipped();
            return Optional.empty();
        }
        boolean matches = candidate.isFor(known);
        Forecast forecast = reconciler.forecast(candidate.name(), ledger.standing(), profiles, facts, now);
        tally.add(forecast, matches);
        String device = ledger.key().device().toString();
        return Optional.of(new Affected(device, matches, forecast));
    }
}

package org.homeward.provisioning.profile.rest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.homeward.contracts.DeviceId;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.provisioning.plan.DeviceLedger;
import org.homeward.provisioning.profile.ActiveProfiles;
import org.homeward.provisioning.profile.Facts;
import org.homeward.provisioning.profile.PersonalSettings;
import org.homeward.provisioning.profile.Profile;
import org.homeward.provisioning.profile.ReportedValues;
import org.homeward.provisioning.profile.Selection;
import org.homeward.provisioning.profile.Vocabulary;
import org.homeward.provisioning.profile.rest.DryRunResource.Affected;
import org.homeward.provisioning.reconcile.Forecast;
import org.homeward.provisioning.reconcile.Reconciler;
import org.homeward.provisioning.reconcile.Standing;
import org.homeward.provisioning.reconcile.Tally;
import org.homeward.provisioning.selfcare.Owner;
import org.jspecify.annotations.Nullable;

/** Tries a version of a profile on one device after the other, beside the other active profiles. For one thread. */
final class FleetTrial {

    private final Reconciler reconciler;
    private final Profile candidate;
    private final @Nullable Profile active;
    private final ActiveProfiles all;
    private final Selection selection;
    private final ReportedValues reports;
    private final Instant now;
    private final Vocabulary vocabulary;
    private final Tally tally = new Tally();

    FleetTrial(
            Reconciler reconciler,
            Profile candidate,
            ActiveProfiles book,
            Selection selection,
            ReportedValues reports,
            Instant now,
            Vocabulary vocabulary) {
        this.reconciler = reconciler;
        this.candidate = candidate;
        List<Profile> beside = new ArrayList<>(book.all());
        this.active = beside.stream()
                .filter(profile -> profile.name().equals(candidate.name()))
                .findFirst()
                .orElse(null);
        beside.remove(active);
        beside.add(candidate);
        this.all = new ActiveProfiles(-1, beside);
        this.selection = selection;
        this.reports = reports;
        this.now = now;
        this.vocabulary = vocabulary;
    }

    Tally tally() {
        return tally;
    }

    /** Those of these devices that the profile is for, or was for until now. */
    List<Affected> tryOn(List<DeviceLedger> page, Map<Owner, PersonalSettings> chosen) {
        Map<DeviceId, List<ParameterValue>> reported = reported(page);
        List<Affected> affected = new ArrayList<>();
        for (DeviceLedger ledger : page) {
            DeviceId device = ledger.key().device();
            ActiveProfiles profiles = with(ledger, chosen);
            Standing standing = ledger.standing().told(reported.getOrDefault(device, List.of()));
            Function<Map<String, String>, Facts> facts = known -> ledger.facts(known, List.of(), now);
            Facts known = reconciler.known(standing, profiles, facts);
            if (selection.includes(known)) {
                if (known.root().isEmpty()) {
                    tally.silent();
                } else if (candidate.mayBeFor(known) || active != null && active.mayBeFor(known)) {
                    boolean matches = candidate.isFor(known);
                    Forecast forecast = reconciler.forecast(candidate.name(), standing, profiles, facts, now);
                    tally.add(forecast, matches);
                    affected.add(new Affected(device.toString(), matches, forecast));
                } else {
                    tally.skipped();
                }
            }
        }
        return affected;
    }

    private ActiveProfiles with(DeviceLedger ledger, Map<Owner, PersonalSettings> chosen) {
        PersonalSettings settings = Owner.of(ledger.key(), ledger.about().subscriberId())
                .map(chosen::get)
                .orElse(null);
        return settings == null ? all : all.with(settings);
    }

    /** What the ledgers lack, because no active profile names it. */
    private Map<DeviceId, List<ParameterValue>> reported(List<DeviceLedger> page) {
        Map<Vocabulary.Model, Set<String>> byModel = new HashMap<>();
        List<DeviceId> devices = new ArrayList<>();
        Set<String> paths = new HashSet<>();
        for (DeviceLedger ledger : page) {
            Vocabulary.Model model = ledger.facts(Map.of(), List.of(), now).model();
            Set<String> lacking = model.root().isEmpty()
                    ? Set.of()
                    : byModel.computeIfAbsent(model, each -> candidate.paths(each, vocabulary));
            if (!ledger.standing().knows(lacking)) {
                devices.add(ledger.key().device());
                paths.addAll(lacking);
            }
        }
        return devices.isEmpty() ? Map.of() : reports.of(devices, paths);
    }
}

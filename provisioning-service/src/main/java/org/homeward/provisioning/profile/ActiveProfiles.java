package org.homeward.provisioning.profile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.homeward.provisioning.profile.Expression.Outcome;

/** The active profiles of a tenant at one moment, the highest priority first. */
public final class ActiveProfiles {

    public static final ActiveProfiles NONE = new ActiveProfiles(0, List.of());

    private static final String ANY = "*";
    private static final String MANAGEMENT = Vocabulary.CAPABILITY + "management.";

    private final long revision;
    private final List<Profile> profiles;
    private final Set<String> reported;
    private final Set<String> checks;
    private final List<Profile> occasional;
    private final boolean passing;
    private final Set<String> management;

    /** @param revision another one whenever anything about them is another */
    public ActiveProfiles(long revision, Collection<Profile> profiles) {
        this.revision = revision;
        this.profiles = profiles.stream()
                .sorted(Comparator.comparingInt(Profile::priority).reversed().thenComparing(Profile::name))
                .toList();
        Set<String> paths = new HashSet<>();
        for (Profile profile : this.profiles) {
            paths.addAll(profile.condition().reported());
            profile.plain().forEach(setting -> add(setting, paths));
            profile.tables()
                    .forEach(table ->
                            table.rows().forEach(row -> row.values().forEach(setting -> add(setting, paths))));
        }
        this.reported = Set.copyOf(paths);
        this.checks = this.profiles.stream()
                .flatMap(profile -> profile.checks().stream())
                .collect(Collectors.toUnmodifiableSet());
        this.occasional = this.profiles.stream()
                .filter(profile -> profile.condition().passing())
                .toList();
        this.passing = this.profiles.stream().anyMatch(ActiveProfiles::passing);
        this.management = this.profiles.stream()
                .flatMap(profile -> profile.plain().stream())
                .map(Setting::name)
                .map(name -> name.startsWith(MANAGEMENT) ? ANY : name.substring(name.lastIndexOf('.') + 1))
                .collect(Collectors.toUnmodifiableSet());
    }

    private ActiveProfiles(ActiveProfiles base, PersonalSettings personal) {
        this.revision = base.revision ^ (personal.revision() << 32);
        Profile above = personal.profile();
        if (above == null) {
            this.profiles = base.profiles;
            this.checks = base.checks;
        } else {
            List<Profile> all = new ArrayList<>(base.profiles.size() + 1);
            all.add(above);
            all.addAll(base.profiles);
            this.profiles = all;
            this.checks = union(base.checks, above.checks());
        }
        this.reported = base.reported;
        this.occasional = base.occasional;
        this.passing = base.passing;
        this.management = base.management;
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
        if (some.containsAll(others)) {
            return some;
        }
        Set<String> all = new HashSet<>(some);
        all.addAll(others);
        return all;
    }

    /** These for a device whose subscriber chose that. Cheap: it may be asked for each event. */
    public ActiveProfiles with(PersonalSettings personal) {
        return personal == PersonalSettings.NONE ? this : new ActiveProfiles(this, personal);
    }

    /** Capabilities that the subscriber of the device chose. */
    public List<String> chosen() {
        return profiles.isEmpty() || !profiles.getFirst().isPersonal()
                ? List.of()
                : Stream.concat(
                                profiles.getFirst().values().stream().map(Setting::field),
                                profiles.getFirst().chosen().stream().map(Profile.Chosen::field))
                        .toList();
    }

    private static void add(Setting setting, Set<String> paths) {
        if (setting.expression() != null) {
            paths.addAll(setting.expression().reported());
        }
    }

    private static boolean passing(Profile profile) {
        return profile.plain().stream().anyMatch(ActiveProfiles::passing)
                || profile.tables().stream()
                        .flatMap(table -> table.rows().stream())
                        .flatMap(row -> row.values().stream())
                        .anyMatch(ActiveProfiles::passing);
    }

    private static boolean passing(Setting setting) {
        return setting.expression() != null && setting.expression().passing();
    }

    public long revision() {
        return revision;
    }

    public List<Profile> all() {
        return profiles;
    }

    public boolean isEmpty() {
        return profiles.isEmpty();
    }

    /** Parameters of a device that conditions and expressions ask for, so that they must be known before the rest. */
    public Set<String> reported() {
        return reported;
    }

    /** Parameters by which it is known where what profiles name stands, on some device; unlike the above not needed on all. */
    public Set<String> checks() {
        return checks;
    }

    /** Whether any of them may speak of a parameter of ManagementServer with this name, on some device. */
    public boolean mayName(String management) {
        return this.management.contains(management) || this.management.contains(ANY);
    }

    /** Whether some ask in their conditions for events or the time, and so are for a device at one moment and not at another. */
    public boolean hasOccasional() {
        return !occasional.isEmpty();
    }

    /** Those of them that are for the device now. */
    public Set<String> occasional(Facts facts) {
        Map<String, Object> byName = facts.byName();
        return occasional.stream()
                .filter(profile -> profile.condition().evaluate(byName) instanceof Outcome.Gave(Boolean truth) && truth)
                .map(Profile::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether the values that they want may change though no fact does: their expressions ask for events or the time. */
    public boolean passing() {
        return passing;
    }
}

package org.homeward.provisioning.profile;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.homeward.contracts.rpc.SensitivePaths;
import org.homeward.contracts.rpc.ValueType;
import org.homeward.kit.security.FieldCipher;
import org.homeward.provisioning.profile.Desired.Kind;
import org.homeward.provisioning.profile.Desired.Remark;
import org.homeward.provisioning.profile.Desired.Source;
import org.homeward.provisioning.profile.Desired.Wanted;
import org.homeward.provisioning.profile.Desired.WantedRow;
import org.homeward.provisioning.profile.Desired.WantedTable;
import org.homeward.provisioning.profile.Expression.Outcome;
import org.homeward.provisioning.profile.ProfileDocument.Reboot;
import org.homeward.provisioning.profile.ProfileDocument.UserChange;
import org.homeward.provisioning.profile.Vocabulary.Check;
import org.homeward.provisioning.profile.Vocabulary.Place;

/**
 * Merges what profiles say of one device. For each parameter the highest priority speaks; where several of equal
 * priority say different things none of them does, and a remark tells. Used for one device.
 */
public final class Merge {

    /** One profile's word on a parameter. */
    private record Claim(Profile profile, Setting setting, Vocabulary.Translation translation) {
        /** Of a column, or an attribute. */
        Claim(Profile profile, Setting setting) {
            this(profile, setting, Vocabulary.Said.Value::new);
        }

        Source source() {
            return new Source(profile.name(), profile.version(), setting.field(), setting.chosen());
        }
    }

    /** What is heard of a parameter in the end. */
    private sealed interface Word {
        record Wants(Wanted value) implements Word {}

        /** With what is said of others, this one does not matter. */
        record Nothing() implements Word {}

        /** A remark tells why. */
        record Unclear() implements Word {}

        default Optional<Wanted> wanted() {
            return this instanceof Wants wants ? Optional.of(wants.value()) : Optional.empty();
        }
    }

    private record TableClaim(Profile profile, Profile.Rows rows) {
        Source source() {
            return new Source(profile.name(), profile.version(), rows.field());
        }
    }

    private final Facts facts;
    private final Map<String, Object> byName;
    private final Vocabulary vocabulary;
    private final List<Remark> remarks = new ArrayList<>();
    private final Set<String> undecided = new HashSet<>();

    private Merge(Facts facts, Vocabulary vocabulary) {
        this.facts = facts;
        this.byName = facts.byName();
        this.vocabulary = vocabulary;
    }

    /** What a device with these facts should be. */
    public static Desired of(ActiveProfiles profiles, Facts facts, Vocabulary vocabulary) {
        return new Merge(facts, vocabulary).merge(profiles.all());
    }

    private Desired merge(List<Profile> byPriority) {
        List<Profile> applying = byPriority.stream().filter(this::applies).toList();
        Map<String, List<Claim>> claims = new LinkedHashMap<>();
        Map<String, List<TableClaim>> tables = new LinkedHashMap<>();
        for (Profile profile : applying) {
            profile.values().forEach(setting -> claim(new Claim(profile, setting), setting.name(), claims));
            profile.connection()
                    .forEach(setting -> claim(
                            new Claim(profile, setting), facts.root() + "ManagementServer." + setting.name(), claims));
            for (Setting setting : profile.attributes()) {
                String path = setting.name().substring(0, setting.name().indexOf('#'));
                claim(new Claim(profile, setting), path, setting.name().substring(path.length()), claims);
            }
            for (Profile.Rows rows : profile.tables()) {
                if (Paths.root(rows.table()).equals(facts.root())) {
                    tables.computeIfAbsent(rows.table(), key -> new ArrayList<>())
                            .add(new TableClaim(profile, rows));
                } else {
                    remark(
                            Kind.UNFIT,
                            rows.table(),
                            List.of(new Source(profile.name(), profile.version(), rows.field())),
                            facts.root().isEmpty()
                                    ? "the device has not said yet what data model it has"
                                    : "the data model of this device begins with " + facts.root());
                }
            }
        }
        applying.forEach(profile -> profile.chosen().forEach(chosen -> claim(profile, chosen, tables)));
        SortedMap<String, Wanted> values = new TreeMap<>();
        claims.forEach((path, of) -> {
            switch (decide(path, path, of)) {
                case Word.Wants(Wanted wanted) -> values.put(path, wanted);
                case Word.Nothing nothing -> {}
                case Word.Unclear unclear -> undecided.add(path);
            }
        });
        SortedMap<String, WantedTable> wantedTables = new TreeMap<>();
        tables.forEach((path, of) -> table(path, of).ifPresent(table -> wantedTables.put(path, table)));
        return new Desired(
                values,
                wantedTables,
                Set.copyOf(undecided),
                applying.stream().anyMatch(profile -> profile.document().reboot() == Reboot.WHEN_NEEDED),
                union(applying.stream().flatMap(profile -> profile.document().tags().add().stream())),
                union(applying.stream().flatMap(profile -> profile.document().tags().remove().stream())),
                union(applying.stream()
                        .flatMap(profile -> Stream.ofNullable(profile.document().firmware()))),
                union(applying.stream().flatMap(profile -> profile.document().files().stream())),
                List.copyOf(remarks));
    }

    private static Set<String> union(Stream<String> names) {
        return names.collect(TreeSet::new, Set::add, Set::addAll);
    }

    private void remark(Kind kind, String what, List<Source> sources, String message) {
        Remark remark = new Remark(kind, what, sources, message);
        // several parameters may have a part in what one line says
        if (!remarks.contains(remark)) {
            remarks.add(remark);
        }
    }

    private boolean applies(Profile profile) {
        List<Source> source = List.of(new Source(profile.name(), profile.version(), "condition"));
        return switch (profile.condition().evaluate(byName)) {
            case Outcome.Gave(Boolean truth) -> truth;
            case Outcome.Gave gave -> {
                remark(Kind.FAILED, "condition", source, "gives neither true nor false for this device");
                yield false;
            }
            case Outcome.Lacks lacks -> {
                remark(Kind.INCOMPLETE, "condition", source, lacks.attribute() + " is not known of this device");
                yield false;
            }
            case Outcome.Failed failed -> {
                remark(Kind.FAILED, "condition", source, failed.why());
                yield false;
            }
        };
    }

    private void claim(Claim claim, String name, Map<String, List<Claim>> claims) {
        claim(claim, name, "", claims);
    }

    private void claim(Claim claim, String name, String aspect, Map<String, List<Claim>> claims) {
        switch (vocabulary.on(facts.model(), name)) {
            case Vocabulary.Meaning.Parameters meant ->
                place(claim, name, meant.places())
                        .ifPresent(place -> place.parameters()
                                .forEach(parameter -> claims.computeIfAbsent(
                                                parameter.path() + aspect, key -> new ArrayList<>())
                                        .add(new Claim(claim.profile(), claim.setting(), parameter.translation()))));
            case Vocabulary.Meaning.None none -> remark(Kind.UNFIT, name, List.of(claim.source()), none.why());
        }
    }

    private void claim(Profile profile, Profile.Chosen chosen, Map<String, List<TableClaim>> tables) {
        Setting setting = chosen(chosen, chosen.name(), "");
        Claim claim = new Claim(profile, setting);
        switch (vocabulary.rows(facts.model(), chosen.name(), chosen.rows())) {
            case Vocabulary.RowsMeaning.None none ->
                remark(Kind.UNFIT, chosen.name(), List.of(claim.source()), none.why());
            case Vocabulary.RowsMeaning.Known known -> {
                List<Place> places = known.places().stream()
                        .map(Vocabulary.TablePlace::place)
                        .toList();
                place(claim, chosen.name(), places).ifPresent(place -> {
                    Vocabulary.TablePlace at = known.places().get(places.indexOf(place));
                    List<Map<String, Setting>> rows = new ArrayList<>();
                    for (Map<String, String> row : at.rows()) {
                        Map<String, Setting> settings = new LinkedHashMap<>();
                        row.forEach((column, text) -> settings.put(column, chosen(chosen, column, text)));
                        rows.add(settings);
                    }
                    // what the subscriber says is all that there is to be
                    tables.computeIfAbsent(at.table(), key -> new ArrayList<>())
                            .addFirst(new TableClaim(
                                    profile, new Profile.Rows(at.table(), chosen.field(), at.key(), true, rows)));
                });
            }
        }
    }

    private static Setting chosen(Profile.Chosen chosen, String name, String text) {
        return new Setting(name, chosen.field(), null, text, ValueType.UNKNOWN, UserChange.CHOSEN, chosen.at());
    }

    /** The first whose checks hold. What was asked to find it is to be known, now and whenever it may have changed. */
    private Optional<Place> place(Claim claim, String name, List<Place> places) {
        List<String> unknown = new ArrayList<>();
        List<String> otherwise = new ArrayList<>();
        for (Place place : places) {
            for (Check check : place.checks()) {
                undecided.add(check.path());
                String said = facts.reported().get(check.path());
                if (said == null) {
                    unknown.add(check.path());
                } else if (!check.holds(said)) {
                    otherwise.add(check.path() + " is " + said + " and not " + check.pattern());
                }
            }
            if (place.isConfirmedBy(facts.reported())) {
                return Optional.of(place);
            }
        }
        if (!unknown.isEmpty()) {
            // one reading is to be enough, wherever it turns out to stand
            places.forEach(place -> place.parameters().forEach(parameter -> undecided.add(parameter.path())));
        }
        if (otherwise.isEmpty()) {
            remark(
                    Kind.INCOMPLETE,
                    name,
                    List.of(claim.source()),
                    "where it stands on this device shows by " + unknown.getFirst() + ", which is not known of it");
        } else {
            remark(
                    Kind.UNFIT,
                    name,
                    List.of(claim.source()),
                    "nothing says where it stands on this device: " + String.join(", ", otherwise)
                            + (unknown.isEmpty() ? "" : "; it does not say " + String.join(", ", unknown)));
        }
        return Optional.empty();
    }

    /** @param path of the parameter, by whose name a secret is known; @param what the same for people */
    private Word decide(String path, String what, List<Claim> claims) {
        List<Claim> byPriority = heard(claims);
        int highest = byPriority.getFirst().profile().priority();
        List<Claim> speaking = byPriority.stream()
                .filter(claim -> claim.profile().priority() == highest)
                .toList();
        List<Wanted> wanted = new ArrayList<>();
        for (Claim claim : speaking) {
            switch (evaluate(path, what, claim)) {
                case Word.Wants(Wanted one) -> wanted.add(one);
                case Word.Nothing nothing -> {}
                case Word.Unclear unclear -> {
                    return unclear;
                }
            }
        }
        if (wanted.isEmpty()) {
            return new Word.Nothing();
        }
        Wanted first = wanted.getFirst();
        if (wanted.size() < speaking.size()
                || wanted.stream().anyMatch(other -> !other.value().equals(first.value()))) {
            remark(
                    Kind.CLASH,
                    what,
                    speaking.stream().map(Claim::source).toList(),
                    "profiles of priority " + highest + " say different things: "
                            + String.join(
                                    ", ",
                                    wanted.stream()
                                            .map(each -> hidden(path)
                                                    ? each.source().profile()
                                                    : each.value() + " ("
                                                            + each.source().profile() + ')')
                                            .toList()));
            return new Word.Unclear();
        }
        // whoever wants to spare what the user did speaks for the user
        return new Word.Wants(wanted.stream()
                .filter(each -> each.userChange() == UserChange.KEEP)
                .findFirst()
                .orElse(first));
    }

    /** Without what the subscriber chose, where the operator's word overrules it. */
    private List<Claim> heard(List<Claim> claims) {
        List<Claim> operators =
                claims.stream().filter(claim -> !claim.profile().isPersonal()).toList();
        if (operators.isEmpty() || operators.size() == claims.size()) {
            return claims;
        }
        int highest = operators.getFirst().profile().priority();
        List<Source> overruling = operators.stream()
                .filter(claim ->
                        claim.profile().priority() == highest && claim.setting().userChange() == UserChange.OVERRULE)
                .map(Claim::source)
                .toList();
        if (overruling.isEmpty()) {
            return claims;
        }
        remark(
                Kind.OVERRULED,
                claims.getFirst().setting().field(),
                overruling,
                "the subscriber chose otherwise, and " + overruling.getFirst().profile() + " overrules that");
        return operators;
    }

    private static boolean hidden(String path) {
        return SensitivePaths.isSensitive(path);
    }

    private Word evaluate(String path, String what, Claim claim) {
        Setting setting = claim.setting();
        List<Source> source = List.of(claim.source());
        switch (setting.evaluate(byName)) {
            case Outcome.Gave(String text) -> {
                boolean sealed = hidden(path)
                        && (setting.expression() == null ? FieldCipher.isSealed(text) : facts.isSecret(text));
                if (!sealed && facts.holdsSecret(text)) {
                    remark(
                            Kind.FAILED,
                            what,
                            source,
                            "gives a secret, which may only go as it is to a parameter that holds one");
                    return new Word.Unclear();
                }
                return sealed ? wants(text, true, claim) : translated(text, what, claim);
            }
            case Outcome.Gave gave -> remark(Kind.FAILED, what, source, "gives no text");
            case Outcome.Lacks lacks ->
                remark(Kind.INCOMPLETE, what, source, lacks.attribute() + " is not known of this device");
            case Outcome.Failed failed -> remark(Kind.FAILED, what, source, failed.why());
        }
        return new Word.Unclear();
    }

    private Word translated(String text, String what, Claim claim) {
        return switch (claim.translation().of(text)) {
            case Vocabulary.Said.Value(String value) -> wants(value, false, claim);
            case Vocabulary.Said.Nothing nothing -> new Word.Nothing();
            case Vocabulary.Said.Unfit(String why) -> {
                String name = claim.setting().name();
                remark(Kind.UNFIT, name.startsWith(Vocabulary.CAPABILITY) ? name : what, List.of(claim.source()), why);
                yield new Word.Unclear();
            }
        };
    }

    private static Word wants(String value, boolean sealed, Claim claim) {
        Setting setting = claim.setting();
        return new Word.Wants(new Wanted(value, sealed, setting.type(), setting.userChange(), claim.source()));
    }

    private Optional<WantedTable> table(String path, List<TableClaim> byPriority) {
        List<String> key = byPriority.getFirst().rows().key();
        if (byPriority.stream().anyMatch(claim -> !claim.rows().key().equals(key))) {
            remark(
                    Kind.CLASH,
                    path,
                    byPriority.stream().map(TableClaim::source).toList(),
                    "profiles tell the rows of this table apart by different columns");
            return Optional.empty();
        }
        int before = remarks.size();
        Map<String, Map<String, List<Claim>>> rows = new LinkedHashMap<>();
        for (TableClaim claim : byPriority) {
            for (Map<String, Setting> row : claim.rows().rows()) {
                id(path, key, claim, row).ifPresent(id -> {
                    Map<String, List<Claim>> columns = rows.computeIfAbsent(id, each -> new TreeMap<>());
                    row.forEach((column, setting) -> columns.computeIfAbsent(column, each -> new ArrayList<>())
                            .add(new Claim(claim.profile(), setting)));
                });
            }
        }
        List<WantedRow> wanted = new ArrayList<>();
        rows.forEach((id, columns) -> {
            SortedMap<String, Wanted> values = new TreeMap<>();
            columns.forEach((column, claims) -> decide(path + column, path + '[' + id + "]." + column, claims)
                    .wanted()
                    .ifPresent(value -> values.put(column, value)));
            if (values.size() == columns.size()) {
                wanted.add(new WantedRow(id, values));
            }
        });
        int highest = byPriority.getFirst().profile().priority();
        boolean removeExtra = byPriority.stream()
                .filter(claim -> claim.profile().priority() == highest)
                .allMatch(claim -> claim.rows().removeExtra());
        // as long as it is not certain which rows are meant, none may go
        return Optional.of(new WantedTable(path, key, removeExtra && remarks.size() == before, List.copyOf(wanted)));
    }

    private Optional<String> id(String path, List<String> key, TableClaim claim, Map<String, Setting> row) {
        List<String> values = new ArrayList<>();
        for (String column : key) {
            Setting setting = row.get(column);
            Optional<Wanted> value = setting == null
                    ? Optional.empty()
                    : evaluate(path + column, path + '.' + column, new Claim(claim.profile(), setting))
                            .wanted();
            if (value.isEmpty()) {
                return Optional.empty();
            }
            values.add(column + '=' + value.get().value());
        }
        return Optional.of(String.join(",", values));
    }
}

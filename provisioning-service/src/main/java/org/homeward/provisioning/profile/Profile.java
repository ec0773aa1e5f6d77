package org.homeward.provisioning.profile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.homeward.provisioning.profile.Expression.Outcome;
import org.homeward.provisioning.profile.ProfileDocument.Computed;
import org.homeward.provisioning.profile.ProfileDocument.Literal;
import org.homeward.provisioning.profile.ProfileDocument.Value;

/**
 * One version of a profile, compiled: every expression is parsed and type-checked, every name is one that some device
 * may understand.
 */
public final class Profile {

    /** Rows that it says a table should have; the names of settings are columns. */
    record Rows(String table, String field, List<String> key, boolean removeExtra, List<Map<String, Setting>> rows) {}

    /** What came of reading a document. */
    public sealed interface Compilation {
        record Good(Profile profile) implements Compilation {}

        /** @param errors every field that is wrong */
        record Faulty(List<DocumentError> errors) implements Compilation {
            public Faulty {
                errors = List.copyOf(errors);
            }
        }
    }

    private final ProfileDocument document;
    private final int version;
    private final Expression condition;
    private final List<Setting> values;
    private final List<Setting> connection;
    private final List<Setting> attributes;
    private final List<Rows> tables;
    private final Set<String> checks;
    private final List<Chosen> chosen;

    /** Rows of a table that a subscriber chose, by column in the words of the catalogue. */
    record Chosen(String name, String field, List<Map<String, String>> rows, Instant at) {}

    private Profile(
            ProfileDocument document,
            int version,
            Expression condition,
            List<Setting> values,
            List<Setting> connection,
            List<Setting> attributes,
            List<Rows> tables,
            Set<String> checks,
            List<Chosen> chosen) {
        this.document = document;
        this.version = version;
        this.condition = condition;
        this.values = values;
        this.connection = connection;
        this.attributes = attributes;
        this.tables = tables;
        this.checks = checks;
        this.chosen = chosen;
    }

    /** Reads and compiles a document's tree. */
    public static Compilation compile(ObjectNode tree, int version, Vocabulary vocabulary) {
        List<DocumentError> errors = new ArrayList<>();
        ProfileDocument document = new DocumentReader(vocabulary, errors).read(tree);
        Optional<Expression> condition = Expressions.condition(document.condition(), "condition", errors);
        List<Setting> values = settings(document.values(), "values.", errors);
        List<Setting> connection = settings(document.connection(), "connection.", errors);
        List<Rows> tables = new ArrayList<>();
        for (int i = 0; i < document.objects().size(); i++) {
            tables.add(rows(document.objects().get(i), "objects[" + i + "]", errors));
        }
        if (condition.isEmpty() || !errors.isEmpty()) {
            return new Compilation.Faulty(errors);
        }
        Set<String> checks = values.stream()
                .flatMap(setting -> vocabulary.checks(setting.name()).stream())
                .collect(Collectors.toUnmodifiableSet());
        return new Compilation.Good(new Profile(
                document,
                version,
                condition.get(),
                values,
                connection,
                attributes(document),
                tables,
                checks,
                List.of()));
    }

    /** What a subscriber chose, above all that operators say. */
    static Profile personal(List<Setting> values, List<Chosen> tables, Set<String> checks) {
        ProfileDocument document = new ProfileDocument(
                PersonalSettings.SOURCE,
                "",
                Integer.MAX_VALUE,
                "true",
                Map.of(),
                List.of(),
                Map.of(),
                Map.of(),
                ProfileDocument.Tags.NONE,
                null,
                List.of(),
                ProfileDocument.Reboot.NEVER);
        return new Profile(
                document,
                0,
                Expressions.ALWAYS,
                List.copyOf(values),
                List.of(),
                List.of(),
                List.of(),
                Set.copyOf(checks),
                List.copyOf(tables));
    }

    /** Whether it is what a subscriber chose. */
    boolean isPersonal() {
        return priority() == Integer.MAX_VALUE;
    }

    private static Rows rows(ProfileDocument.Table table, String field, List<DocumentError> errors) {
        List<Map<String, Setting>> rows = new ArrayList<>();
        for (int i = 0; i < table.rows().size(); i++) {
            Map<String, Setting> row = new LinkedHashMap<>();
            settings(table.rows().get(i), field + ".rows[" + i + "].", errors)
                    .forEach(setting -> row.put(setting.name(), setting));
            rows.add(row);
        }
        return new Rows(table.table(), field, table.key(), table.removeExtra(), rows);
    }

    private static List<Setting> settings(Map<String, Value> values, String field, List<DocumentError> errors) {
        List<Setting> settings = new ArrayList<>();
        values.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(each -> {
            String name = each.getKey();
            switch (each.getValue()) {
                case Literal literal ->
                    settings.add(new Setting(
                            name, field + name, null, literal.text(), literal.type(), literal.userChange()));
                case Computed computed ->
                    Expressions.value(computed.expression(), field + name + ".expression", errors)
                            .ifPresent(expression -> settings.add(new Setting(
                                    name, field + name, expression, "", computed.type(), computed.userChange())));
            }
        });
        return settings;
    }

    private static List<Setting> attributes(ProfileDocument document) {
        List<Setting> settings = new ArrayList<>();
        document.attributes().forEach((path, attributes) -> {
            String field = "attributes." + path;
            if (attributes.notification() != null) {
                settings.add(Setting.fixed(
                        path + Desired.NOTIFICATION,
                        field,
                        attributes.notification().toString()));
            }
            if (attributes.accessList() != null) {
                settings.add(
                        Setting.fixed(path + Desired.ACCESS_LIST, field, Desired.accessList(attributes.accessList())));
            }
        });
        return settings;
    }

    public String name() {
        return document.name();
    }

    public int version() {
        return version;
    }

    public int priority() {
        return document.priority();
    }

    public ProfileDocument document() {
        return document;
    }

    Expression condition() {
        return condition;
    }

    List<Setting> values() {
        return values;
    }

    List<Setting> connection() {
        return connection;
    }

    /** Of parameters, under {@link Desired#NOTIFICATION} and {@link Desired#ACCESS_LIST}. */
    List<Setting> attributes() {
        return attributes;
    }

    List<Rows> tables() {
        return tables;
    }

    /** Tables of which it says which rows they have, whatever the data model. */
    List<Chosen> chosen() {
        return chosen;
    }

    /** Whether it is for a device with these facts. */
    public boolean isFor(Facts facts) {
        return condition.alwaysTrue()
                || condition.evaluate(facts.byName()) instanceof Outcome.Gave(Boolean truth) && truth;
    }

    /** Whether it is for such a device, or that can't be said. */
    public boolean mayBeFor(Facts facts) {
        return condition.alwaysTrue()
                || !(condition.evaluate(facts.byName()) instanceof Outcome.Gave(Boolean truth) && !truth);
    }

    /** Parameters by which it is known where what it names stands, on some device. */
    Set<String> checks() {
        return checks;
    }

    /** Parameters that it may name on devices of this model, or asks for. */
    public Set<String> paths(Vocabulary.Model model, Vocabulary vocabulary) {
        String root = model.root();
        Set<String> paths = new HashSet<>();
        for (Setting setting : values) {
            switch (vocabulary.on(model, setting.name())) {
                case Vocabulary.Meaning.Parameters meant ->
                    meant.places().forEach(place -> {
                        place.checks().forEach(check -> paths.add(check.path()));
                        place.parameters().forEach(parameter -> paths.add(parameter.path()));
                    });
                case Vocabulary.Meaning.None none -> {}
            }
        }
        connection.forEach(setting -> paths.add(root + "ManagementServer." + setting.name()));
        plain().forEach(setting -> {
            if (setting.expression() != null) {
                paths.addAll(setting.expression().reported());
            }
        });
        paths.addAll(condition.reported());
        paths.removeIf(path -> !path.startsWith(root));
        return paths;
    }

    /** All settings that name parameters by themselves. */
    List<Setting> plain() {
        List<Setting> all = new ArrayList<>(values);
        all.addAll(connection);
        all.addAll(attributes);
        return all;
    }

    /** What it says of a parameter for every device, if it says anything. */
    Optional<Setting> constant(String name) {
        return plain().stream()
                .filter(setting -> setting.name().equals(name) && setting.expression() == null)
                .findFirst();
    }

    @Override
    public String toString() {
        return name() + " version " + version;
    }
}

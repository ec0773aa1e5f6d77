package org.homeward.standalone.migration;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.homeward.standalone.migration.FreeAcsExport.Filter;
import org.homeward.standalone.migration.FreeAcsExport.Group;
import org.homeward.standalone.migration.FreeAcsExport.Job;
import org.homeward.standalone.migration.FreeAcsExport.Unit;
import org.homeward.standalone.migration.FreeAcsExport.UnitType;
import org.jspecify.annotations.Nullable;

/**
 * Tables of FreeACS's database, a file each named after its table: {@code .csv} with a line of names, as PostgreSQL's
 * {@code \copy ... csv header} writes it, {@code .tsv} as {@code mysql --batch}, or {@code .json} with an object for each row.
 */
final class FreeAcsTables {

    private static final CsvMapper CSV = CsvMapper.builder().build();
    private static final CsvSchema COMMAS = CsvSchema.emptySchema().withHeader().withNullValue("");
    private static final CsvSchema TABS = CsvSchema.emptySchema()
            .withHeader()
            .withColumnSeparator('\t')
            .withoutQuoteChar()
            .withEscapeChar('\\')
            .withNullValue("NULL");

    /** In place of a unit's id. */
    private static final String FOR_ALL = "ANY-UNIT-IN-GROUP";

    private record OfType(UnitType type, String name) {}

    private final Path folder;
    private final Map<String, UnitType> typesById = new LinkedHashMap<>();
    private final Map<String, OfType> parameters = new HashMap<>();
    private final Map<String, OfType> profiles = new HashMap<>();

    FreeAcsTables(Path folder) {
        this.folder = folder;
    }

    FreeAcsExport read() {
        if (!each(
                "unit_type",
                row -> typesById.put(
                        text(row, "unit_type_id"),
                        new UnitType(text(row, "unit_type_name"), text(row, "vendor_name"))))) {
            throw new UncheckedIOException(
                    folder + " can't be read as an export of FreeACS",
                    new IOException("it has neither unittypes.txt nor unit_type.csv, .tsv or .json"));
        }
        each("unit_type_param", row -> {
            OfType parameter = of(row, "name");
            parameter.type().flags().put(parameter.name(), text(row, "flags"));
            parameters.put(text(row, "unit_type_param_id"), parameter);
        });
        each("profile", row -> {
            OfType profile = of(row, "profile_name");
            profile.type().profiles().put(profile.name(), new LinkedHashMap<>());
            profiles.put(text(row, "profile_id"), profile);
        });
        each("profile_param", row -> {
            OfType profile = profiles.get(text(row, "profile_id"));
            if (profile != null) {
                Objects.requireNonNull(profile.type().profiles().get(profile.name()))
                        .put(parameter(row), text(row, "value"));
            }
        });
        Map<String, Unit> units = new LinkedHashMap<>();
        each(
                "unit",
                row -> units.put(
                        text(row, "unit_id"),
                        new Unit(
                                text(row, "unit_id"),
                                type(row).name(),
                                name(profiles.get(text(row, "profile_id"))),
                                new LinkedHashMap<>())));
        each("unit_param", row -> {
            Unit unit = units.get(text(row, "unit_id"));
            String value = row.get("value");
            if (unit != null && value != null) {
                unit.own().put(parameter(row), value);
            }
        });
        Map<String, Group> groups = groups();
        return new FreeAcsExport(
                byName(), List.copyOf(units.values()), List.copyOf(groups.values()), jobs(groups), List.of());
    }

    private Map<String, UnitType> byName() {
        Map<String, UnitType> byName = new LinkedHashMap<>();
        typesById.values().forEach(type -> byName.put(type.name(), type));
        return byName;
    }

    private Map<String, Group> groups() {
        Map<String, List<Filter>> filters = new HashMap<>();
        each(
                "group_param",
                row -> filters.computeIfAbsent(text(row, "group_id"), id -> new ArrayList<>())
                        .add(new Filter(
                                parameter(row),
                                text(row, "operator"),
                                row.get("value"),
                                text(row, "data_type").equals("NUMBER"))));
        Map<String, String> names = new HashMap<>();
        each("group_", row -> names.put(text(row, "group_id"), text(row, "group_name")));
        Map<String, Group> groups = new LinkedHashMap<>();
        each("group_", row -> {
            OfType profile = profiles.get(text(row, "profile_id"));
            groups.put(
                    text(row, "group_id"),
                    new Group(
                            type(row).name(),
                            text(row, "group_name"),
                            names.get(text(row, "parent_group_id")),
                            profile == null ? null : profile.name(),
                            filters.getOrDefault(text(row, "group_id"), List.of())));
        });
        return groups;
    }

    private List<Job> jobs(Map<String, Group> groups) {
        Map<String, Map<String, String>> values = new HashMap<>();
        Map<String, Integer> perUnit = new HashMap<>();
        Map<String, String> versions = new HashMap<>();
        each("job_param", row -> {
            if (text(row, "unit_id").equals(FOR_ALL)) {
                values.computeIfAbsent(text(row, "job_id"), id -> new LinkedHashMap<>())
                        .put(parameter(row), text(row, "value"));
            } else {
                perUnit.merge(text(row, "job_id"), 1, Integer::sum);
            }
        });
        each("filestore", row -> versions.put(text(row, "id"), text(row, "version")));
        List<Job> jobs = new ArrayList<>();
        each("job", row -> {
            String id = text(row, "job_id");
            Group group = groups.get(text(row, "group_id"));
            jobs.add(new Job(
                    group == null ? "" : group.unitType(),
                    text(row, "job_name"),
                    text(row, "job_type").replaceFirst("\\|.*", ""),
                    group == null ? "" : group.name(),
                    versions.getOrDefault(text(row, "firmware_id"), ""),
                    text(row, "status"),
                    text(row, "repeat_count"),
                    values.getOrDefault(id, Map.of()),
                    perUnit.getOrDefault(id, 0)));
        });
        return jobs;
    }

    private UnitType type(Map<String, @Nullable String> row) {
        return typesById.computeIfAbsent(text(row, "unit_type_id"), id -> new UnitType("unit type " + id, ""));
    }

    private OfType of(Map<String, @Nullable String> row, String name) {
        return new OfType(type(row), text(row, name));
    }

    private String parameter(Map<String, @Nullable String> row) {
        return name(parameters.get(text(row, "unit_type_param_id")));
    }

    private static String name(@Nullable OfType named) {
        return named == null ? "" : named.name();
    }

    /** Empty where there is none. */
    private static String text(Map<String, @Nullable String> row, String column) {
        String text = row.get(column);
        return text == null ? "" : text;
    }

    /** Whether there is such a table. */
    private boolean each(String table, Consumer<Map<String, @Nullable String>> use) {
        Path csv = folder.resolve(table + ".csv");
        Path tabs = folder.resolve(table + ".tsv");
        Path json = folder.resolve(table + ".json");
        if (Files.exists(csv)) {
            lines(csv, COMMAS, use);
        } else if (Files.exists(tabs)) {
            lines(tabs, TABS, use);
        } else if (Files.exists(json)) {
            Export.each(json, object -> {
                Map<String, @Nullable String> row = new HashMap<>();
                object.properties()
                        .forEach(column -> row.put(
                                column.getKey(),
                                column.getValue().isNull()
                                        ? null
                                        : column.getValue().asText()));
                use.accept(row);
            });
        } else {
            return false;
        }
        return true;
    }

    private static void lines(Path file, CsvSchema schema, Consumer<Map<String, @Nullable String>> use) {
        try (MappingIterator<Map<String, @Nullable String>> rows =
                CSV.readerForMapOf(String.class).with(schema).readValues(file.toFile())) {
            while (rows.hasNextValue()) {
                use.accept(rows.nextValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(file + " can't be read", e);
        }
    }
}

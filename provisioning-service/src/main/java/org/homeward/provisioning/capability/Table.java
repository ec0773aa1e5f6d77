package org.homeward.provisioning.capability;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.homeward.provisioning.profile.Vocabulary.Check;
import org.homeward.provisioning.profile.Vocabulary.Place;

/**
 * By which objects some models tell a table of the catalogue.
 *
 * @param name of the table, such as {@code hosts}
 * @param checks what the device has to report so that it is this one
 * @param rows path of a row, with an asterisk for each instance number
 * @param columns by their names in the catalogue
 * @param always what is written of a row that is added, by the parameter's name within it, besides the columns
 * @param joined other tables that say more of a row
 */
public record Table(
        String name,
        List<Check> checks,
        String rows,
        Map<String, TableColumn> columns,
        Map<String, String> always,
        List<Joined> joined) {

    /** Columns by which rows are told apart, in tables that may be written. */
    private static final Map<String, List<String>> KEYS = Map.of("portForwards", List.of("port", "protocol"));

    public Table {
        checks = List.copyOf(checks);
        columns = Map.copyOf(columns);
        always = Map.copyOf(always);
        joined = List.copyOf(joined);
    }

    /** @param path with its instance numbers; @param values by column, in the words of the catalogue */
    public record Row(String path, Map<String, String> values) {}

    /**
     * Another table that says more of a row.
     *
     * @param by columns in which the rows of both have to agree
     * @param indexColumn that holds {@code index}; empty for none
     */
    record Joined(
            List<Check> checks,
            String rows,
            Map<String, TableColumn> by,
            Map<String, TableColumn> columns,
            String indexColumn,
            String index) {}

    /** Partial paths below which all of its rows stand, those of joined tables too. */
    public Set<String> objects() {
        Set<String> objects = new TreeSet<>(Set.of(beforeNumbers(rows)));
        joined.forEach(each -> objects.add(beforeNumbers(each.rows())));
        return objects;
    }

    /** Parameters by which it is known whether it is this one, and which of the joined tables are. */
    public Set<String> asked() {
        Set<String> paths = new TreeSet<>();
        checks.forEach(check -> paths.add(check.path()));
        joined.forEach(each -> each.checks().forEach(check -> paths.add(check.path())));
        return paths;
    }

    /** Whether the device has said that it is this one. @param reported values by path */
    public boolean isConfirmedBy(Map<String, String> reported) {
        return holds(checks, reported);
    }

    private static boolean holds(List<Check> checks, Map<String, String> reported) {
        return new Place(checks, List.of()).isConfirmedBy(reported);
    }

    /** Path of the table; of one within another table, up to the first number. */
    String path() {
        return beforeNumbers(rows);
    }

    /** Parameters of a row by which it is told from the others, as far as they are mapped. */
    List<String> key() {
        return KEYS.getOrDefault(name, List.of()).stream()
                .flatMap(column -> Stream.ofNullable(columns.get(column)))
                .map(TableColumn::path)
                .toList();
    }

    /** A row as the device is told it, by parameter; empty where the device has no words for it. */
    Optional<Map<String, String>> written(Map<String, String> row) {
        Map<String, String> written = new HashMap<>(always);
        for (Map.Entry<String, String> each : row.entrySet()) {
            TableColumn column = columns.get(each.getKey());
            Optional<String> word = column == null ? Optional.empty() : column.write(each.getValue());
            if (column == null || word.isEmpty()) {
                return Optional.empty();
            }
            written.put(column.path(), word.get());
        }
        return Optional.of(written);
    }

    private static String beforeNumbers(String rows) {
        return rows.substring(0, rows.indexOf('*'));
    }

    /** The rows that the device reported, by their numbers. @param reported values by path */
    public List<Row> rows(Map<String, String> reported) {
        List<Row> found = read(rows, columns, reported);
        for (Joined each : joined) {
            if (holds(each.checks(), reported)) {
                Map<String, TableColumn> all = new HashMap<>(each.by());
                all.putAll(each.columns());
                List<Row> others = read(each.rows(), all, reported);
                found = found.stream().map(row -> with(row, each, others)).toList();
            }
        }
        return found;
    }

    private static Row with(Row row, Joined joined, List<Row> others) {
        return others.stream()
                .filter(other -> joined.by().keySet().stream()
                        .allMatch(column -> other.values().containsKey(column)
                                && other.values()
                                        .get(column)
                                        .equals(row.values().get(column))))
                .findFirst()
                .map(other -> {
                    Map<String, String> values = new HashMap<>(row.values());
                    other.values().forEach(values::putIfAbsent);
                    if (!joined.indexColumn().isEmpty()) {
                        values.putIfAbsent(joined.indexColumn(), joined.index());
                    }
                    return new Row(row.path(), values);
                })
                .orElse(row);
    }

    private static List<Row> read(String rows, Map<String, TableColumn> columns, Map<String, String> reported) {
        Pattern pattern = Pattern.compile(Arrays.stream(rows.split("\\*", -1))
                .map(Pattern::quote)
                .collect(Collectors.joining("[0-9]+", "(", ")(.+)")));
        Map<String, List<String>> byPath = new HashMap<>();
        columns.forEach((name, column) ->
                byPath.computeIfAbsent(column.path(), path -> new ArrayList<>()).add(name));
        Map<String, Map<String, String>> found = new LinkedHashMap<>();
        reported.forEach((path, said) -> {
            Matcher matcher = pattern.matcher(path);
            if (matcher.matches()) {
                Map<String, String> values = found.computeIfAbsent(matcher.group(1), row -> new HashMap<>());
                for (String name : byPath.getOrDefault(matcher.group(2), List.of())) {
                    Objects.requireNonNull(columns.get(name)).read(said).ifPresent(value -> values.put(name, value));
                }
            }
        });
        return found.entrySet().stream()
                .filter(row -> !row.getValue().isEmpty())
                .map(row -> new Row(row.getKey(), row.getValue()))
                .sorted(Comparator.comparing(Row::path, Table::byNumbers))
                .toList();
    }

    private static int byNumbers(String one, String other) {
        // the longer of two numbers is the greater one
        int length = Integer.compare(one.length(), other.length());
        return length == 0 ? one.compareTo(other) : length;
    }
}

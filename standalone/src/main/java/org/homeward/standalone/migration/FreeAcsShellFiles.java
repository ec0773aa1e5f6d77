package org.homeward.standalone.migration;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.homeward.standalone.migration.FreeAcsExport.Filter;
import org.homeward.standalone.migration.FreeAcsExport.Group;
import org.homeward.standalone.migration.FreeAcsExport.Job;
import org.homeward.standalone.migration.FreeAcsExport.Unit;
import org.homeward.standalone.migration.FreeAcsExport.UnitType;
import org.jspecify.annotations.Nullable;

/**
 * The files that FreeACS's shell writes when it is started with {@code -export}: a line for each thing, words in quotes
 * where they have blanks, {@code NULL} for nothing, and in front where it stands: {@code /ut:TYPE/ pr:PROFILE/ un:UNIT/}.
 */
final class FreeAcsShellFiles {

    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|([^ \"\t]+)");
    private static final String NOTHING = "NULL";
    private static final String FOR_ALL = "DEFAULT";

    private final Path folder;
    private final Map<String, UnitType> unitTypes = new LinkedHashMap<>();

    FreeAcsShellFiles(Path folder) {
        this.folder = folder;
    }

    FreeAcsExport read() {
        each("unittypes.txt", line -> unitTypes.put(line.at(0), new UnitType(line.at(0), line.at(2))));
        each("unittypeparams.txt", line -> type(line).flags().put(line.at(1), line.at(2)));
        each("profiles.txt", line -> type(line).profiles().put(line.at(1), new LinkedHashMap<>()));
        each(
                "profileparams.txt",
                line -> type(line)
                        .profiles()
                        .computeIfAbsent(line.in(1), name -> new LinkedHashMap<>())
                        .put(line.at(2), line.at(3)));
        Map<String, Unit> units = new LinkedHashMap<>();
        each(
                "units.txt",
                line -> units.put(line.at(2), new Unit(line.at(2), line.in(0), line.in(1), new LinkedHashMap<>())));
        each("unitparams.txt", line -> {
            Unit unit = units.get(line.in(2));
            String value = line.orNull(4);
            if (unit != null && value != null) {
                unit.own().put(line.at(3), value);
            }
        });
        return new FreeAcsExport(unitTypes, List.copyOf(units.values()), groups(), jobs(), rest());
    }

    private List<Group> groups() {
        Map<String, List<Filter>> filters = new HashMap<>();
        each(
                "groupparams.txt",
                line -> filters.computeIfAbsent(line.in(0) + '/' + line.in(1), key -> new ArrayList<>())
                        .add(new Filter(
                                line.at(2),
                                line.at(3),
                                line.orNull(4),
                                line.at(5).equals("NUMBER"))));
        List<Group> groups = new ArrayList<>();
        each(
                "groups.txt",
                line -> groups.add(new Group(
                        line.in(0),
                        line.at(1),
                        line.orNull(2),
                        line.orNull(4),
                        filters.getOrDefault(line.in(0) + '/' + line.at(1), List.of()))));
        return groups;
    }

    private List<Job> jobs() {
        Map<String, Map<String, String>> values = new HashMap<>();
        Map<String, Integer> perUnit = new HashMap<>();
        Map<String, String> status = new HashMap<>();
        each("jobparams.txt", line -> {
            String job = line.in(0) + '/' + line.in(1);
            if (line.at(2).equals(FOR_ALL)) {
                values.computeIfAbsent(job, key -> new LinkedHashMap<>()).put(line.at(3), line.at(4));
            } else {
                perUnit.merge(job, 1, Integer::sum);
            }
        });
        each("jobstatus.txt", line -> status.put(line.in(0) + '/' + line.in(1), line.at(2)));
        List<Job> jobs = new ArrayList<>();
        each("jobs.txt", line -> {
            String job = line.in(0) + '/' + line.at(1);
            jobs.add(new Job(
                    line.in(0),
                    line.at(1),
                    line.at(2),
                    line.at(4),
                    line.at(7),
                    status.getOrDefault(job, ""),
                    line.at(10),
                    values.getOrDefault(job, Map.of()),
                    perUnit.getOrDefault(job, 0)));
        });
        return jobs;
    }

    private List<String> rest() {
        List<String> rest = new ArrayList<>();
        Map.of(
                        "files.txt", "files: upload firmware images and scripts that are still wanted",
                        "triggers.txt", "triggers: say anew what is to alarm whom",
                        "heartbeats.txt", "heartbeats: say anew what is to alarm whom",
                        "users.txt", "users: people sign in by the identity provider here")
                .forEach((file, what) -> {
                    int[] lines = {0};
                    each(file, line -> lines[0]++);
                    if (lines[0] > 0) {
                        rest.add(lines[0] + " " + what);
                    }
                });
        return rest.stream().sorted().toList();
    }

    private UnitType type(Line line) {
        return unitTypes.computeIfAbsent(line.in(0), name -> new UnitType(name, ""));
    }

    private record Line(List<String> words) {

        /** Empty where there is none. */
        String at(int place) {
            String word = orNull(place);
            return word == null ? "" : word;
        }

        @Nullable
        String orNull(int place) {
            return place >= words.size() || words.get(place).equals(NOTHING) ? null : words.get(place);
        }

        /** The name in {@code /ut:NAME/} and the like. */
        String in(int place) {
            return at(place).replaceFirst("^/?(ut|pr|un|gr|jo):", "").replaceFirst("/$", "");
        }
    }

    private void each(String file, Consumer<Line> use) {
        Path path = folder.resolve(file);
        if (!Files.exists(path)) {
            return;
        }
        try (BufferedReader reader = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
            for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                List<String> words = new ArrayList<>();
                Matcher word = WORD.matcher(text);
                while (word.find()) {
                    words.add(word.group(1) != null ? word.group(1) : word.group(2));
                }
                if (!words.isEmpty()) {
                    use.accept(new Line(words));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(path + " can't be read", e);
        }
    }
}

package org.homeward.standalone.migration;

import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.homeward.provisioning.profile.DocumentError;
import org.homeward.provisioning.profile.Profile;
import org.homeward.provisioning.profile.RawPaths;

/**
 * Where an import leaves what it made: profiles, lists, and a report of what needs a person. As another ACS keeps secrets in
 * clear so do these files, until they are loaded; only their owner may read them.
 */
final class ImportFolder {

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .build();
    private static final CsvMapper CSV = CsvMapper.builder().build();
    private static final int LONGEST_NAME = 64;

    private final Path folder;
    private final List<String> forPerson = new ArrayList<>();
    private final Set<String> profiles = new HashSet<>();
    private int devices;

    ImportFolder(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder.resolve("profiles"));
            if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't write to " + folder, e);
        }
    }

    /** Notes what a person has to see to. Secrets have no place in it. */
    void forPerson(String what) {
        forPerson.add(what);
    }

    /** Lower case letters, digits and hyphens of each part, as names of profiles and tags have them. */
    static String name(String... parts) {
        List<String> clean = new ArrayList<>();
        for (String part : parts) {
            String each =
                    part.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
            clean.add(each.isEmpty() ? Integer.toHexString(part.hashCode()) : each);
        }
        String name = String.join(".", clean);
        String hash = Integer.toHexString(name.hashCode());
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - hash.length() - 1) + '-' + hash;
    }

    /** @param source for the report, such as {@code preset bootstrap} */
    void profile(String source, ObjectNode profile) {
        String name = profile.path("name").asText();
        if (!profiles.add(name)) {
            forPerson.add(source + ": another one is called nearly the same");
            return;
        }
        if (Profile.compile(profile, 1, new RawPaths()) instanceof Profile.Compilation.Faulty faulty) {
            faulty.errors().stream()
                    .map(DocumentError::toString)
                    .forEach(error -> forPerson.add(source + ": " + error));
        }
        try {
            YAML.writeValue(folder.resolve("profiles").resolve(name + ".yaml").toFile(), profile);
        } catch (IOException e) {
            throw new UncheckedIOException("can't write to " + folder, e);
        }
    }

    /** Lines of {@code devices.csv}, by column. */
    void devices(Set<String> columns, Consumer<Consumer<Map<String, String>>> lines) {
        devices += csv("devices.csv", columns, lines);
    }

    /** Lines of another list; returns how many there were. */
    int csv(String file, Set<String> columns, Consumer<Consumer<Map<String, String>>> lines) {
        CsvSchema.Builder schema = CsvSchema.builder();
        columns.forEach(schema::addColumn);
        int[] written = {0};
        try (var out = Files.newBufferedWriter(folder.resolve(file));
                SequenceWriter csv = CSV.writer(schema.build().withHeader()).writeValues(out)) {
            lines.accept(line -> {
                try {
                    csv.write(line);
                    written[0]++;
                } catch (IOException e) {
                    throw new UncheckedIOException(file + " can't be written", e);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("can't write to " + folder, e);
        }
        return written[0];
    }

    /** Writes the report and says what there is; returns the exit code. */
    int end(PrintWriter terminal) {
        try {
            Files.write(folder.resolve("report.txt"), forPerson);
        } catch (IOException e) {
            throw new UncheckedIOException("can't write to " + folder, e);
        }
        terminal.printf(
                "%d profiles and %d devices in %s; %d things need a person:%n",
                profiles.size(), devices, folder, forPerson.size());
        forPerson.forEach(each -> terminal.println("  " + each));
        return forPerson.isEmpty() ? 0 : 1;
    }
}

package org.homeward.standalone.migration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.homeward.standalone.migration.Preset.Brought;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** From GenieACS 1.0 to 1.2, from what {@code mongoexport} writes or its NBI answers. */
@Command(
        name = "genieacs",
        description = {
            "Presets become profiles, devices a list to register; what is a program is listed for a person.",
            "Files are collections as mongoexport writes them, or answers of GenieACS's NBI."
        },
        footer = {"", "Exit code: 0 all was brought over, 1 something needs a person, 2 a file can't be read"},
        mixinStandardHelpOptions = true)
final class GenieAcs implements Callable<Integer> {

    /** Of the first preset; each later one, which overrules it, has one more. */
    private static final int FIRST_PRIORITY = 100;

    private static final int HIGHEST_PRIORITY = 1_000;
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .build();
    private static final CsvMapper CSV = CsvMapper.builder().build();
    private static final CsvSchema COLUMNS = CsvSchema.builder()
            .addColumn("oui")
            .addColumn("productClass")
            .addColumn("serialNumber")
            .addColumn("manufacturer")
            .addColumn("tags")
            .build()
            .withHeader();

    @Option(names = "--devices", paramLabel = "FILE", description = "collection devices")
    private @Nullable Path devices;

    @Option(names = "--presets", paramLabel = "FILE", description = "collection presets")
    private @Nullable Path presets;

    @Option(names = "--provisions", paramLabel = "FILE", description = "collection provisions")
    private @Nullable Path provisions;

    @Option(names = "--objects", paramLabel = "FILE", description = "collection objects")
    private @Nullable Path objects;

    @Option(names = "--virtual-parameters", paramLabel = "FILE", description = "collection virtualParameters")
    private @Nullable Path virtual;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "where profiles/, devices.csv and report.txt go")
    private Path out = Path.of(".");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Export export = Export.read(presets, provisions, objects, virtual);
        List<String> forPerson = new ArrayList<>();
        try {
            Files.createDirectories(out.resolve("profiles"));
            int profiles = profiles(export, forPerson);
            int known = devices(forPerson);
            export.virtual()
                    .forEach(name -> forPerson.add("virtual parameter " + name
                            + ": a program; capabilities name what several models have in common"));
            Files.write(out.resolve("report.txt"), forPerson);
            PrintWriter terminal = spec.commandLine().getOut();
            terminal.printf(
                    "%d profiles and %d devices in %s; %d things need a person:%n",
                    profiles, known, out, forPerson.size());
            forPerson.forEach(each -> terminal.println("  " + each));
        } catch (IOException e) {
            throw new UncheckedIOException("can't write to " + out, e);
        }
        return forPerson.isEmpty() ? 0 : 1;
    }

    private int profiles(Export export, List<String> forPerson) throws IOException {
        // of two presets the later in this order has the last word
        List<JsonNode> inOrder = export.presets().stream()
                .sorted(Comparator.<JsonNode>comparingDouble(
                                preset -> preset.path("weight").asDouble())
                        .thenComparing(Export::id))
                .toList();
        Set<String> names = new HashSet<>();
        int profiles = 0;
        for (int i = 0; i < inOrder.size(); i++) {
            int priority = Math.min(HIGHEST_PRIORITY, FIRST_PRIORITY + i);
            Brought brought = Preset.bring(inOrder.get(i), priority, export);
            brought.forPerson().forEach(each -> forPerson.add("preset " + brought.name() + ": " + each));
            if (brought.profile().isPresent()) {
                String name = brought.profile().get().path("name").asText();
                if (!names.add(name)) {
                    forPerson.add("preset " + brought.name() + ": another one is called nearly the same");
                    continue;
                }
                YAML.writeValue(
                        out.resolve("profiles").resolve(name + ".yaml").toFile(),
                        brought.profile().get());
                profiles++;
            }
        }
        return profiles;
    }

    private int devices(List<String> forPerson) throws IOException {
        if (devices == null) {
            return 0;
        }
        int[] known = {0};
        try (BufferedWriter file = Files.newBufferedWriter(out.resolve("devices.csv"));
                SequenceWriter csv = CSV.writer(COLUMNS).writeValues(file)) {
            Export.each(devices, device -> {
                JsonNode id = device.path("_deviceId");
                if (id.path("_OUI").asText("").isEmpty()
                        || id.path("_SerialNumber").asText("").isEmpty()) {
                    forPerson.add("device " + Export.id(device) + ": has no OUI or no serial number");
                    return;
                }
                Map<String, String> line = new LinkedHashMap<>();
                line.put("oui", id.path("_OUI").asText());
                line.put("productClass", id.path("_ProductClass").asText(""));
                line.put("serialNumber", id.path("_SerialNumber").asText());
                line.put("manufacturer", id.path("_Manufacturer").asText(""));
                line.put(
                        "tags",
                        StreamSupport.stream(device.path("_tags").spliterator(), false)
                                .map(JsonNode::asText)
                                .collect(Collectors.joining(" ")));
                write(csv, line);
                known[0]++;
            });
        }
        return known[0];
    }

    private static void write(SequenceWriter csv, Map<String, String> line) {
        try {
            csv.write(line);
        } catch (IOException e) {
            throw new UncheckedIOException("devices.csv can't be written", e);
        }
    }
}

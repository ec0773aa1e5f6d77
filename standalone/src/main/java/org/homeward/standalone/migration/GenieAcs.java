package org.homeward.standalone.migration;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
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
    private static final Set<String> COLUMNS =
            new LinkedHashSet<>(List.of("oui", "productClass", "serialNumber", "manufacturer", "tags"));

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
        ImportFolder folder = new ImportFolder(out);
        profiles(export, folder);
        if (devices != null) {
            folder.devices(COLUMNS, line -> devices(folder, line));
        }
        export.virtual()
                .forEach(name -> folder.forPerson("virtual parameter " + name
                        + ": a program; capabilities name what several models have in common"));
        return folder.end(spec.commandLine().getOut());
    }

    private static void profiles(Export export, ImportFolder folder) {
        // of two presets the later in this order has the last word
        List<JsonNode> inOrder = export.presets().stream()
                .sorted(Comparator.<JsonNode>comparingDouble(
                                preset -> preset.path("weight").asDouble())
                        .thenComparing(Export::id))
                .toList();
        for (int i = 0; i < inOrder.size(); i++) {
            int priority = Math.min(HIGHEST_PRIORITY, FIRST_PRIORITY + i);
            Brought brought = Preset.bring(inOrder.get(i), priority, export);
            String source = "preset " + brought.name();
            brought.forPerson().forEach(each -> folder.forPerson(source + ": " + each));
            brought.profile().ifPresent(profile -> folder.profile(source, profile));
        }
    }

    private void devices(ImportFolder folder, Consumer<Map<String, String>> line) {
        Export.each(devices, device -> {
            JsonNode id = device.path("_deviceId");
            if (id.path("_OUI").asText("").isEmpty()
                    || id.path("_SerialNumber").asText("").isEmpty()) {
                folder.forPerson("device " + Export.id(device) + ": has no OUI or no serial number");
                return;
            }
            line.accept(Map.of(
                    "oui", id.path("_OUI").asText(),
                    "productClass", id.path("_ProductClass").asText(""),
                    "serialNumber", id.path("_SerialNumber").asText(),
                    "manufacturer", id.path("_Manufacturer").asText(""),
                    "tags",
                            StreamSupport.stream(device.path("_tags").spliterator(), false)
                                    .map(JsonNode::asText)
                                    .collect(Collectors.joining(" "))));
        });
    }
}

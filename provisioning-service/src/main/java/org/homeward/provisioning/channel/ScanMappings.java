package org.homeward.provisioning.channel;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.homeward.provisioning.profile.Glob;
import org.homeward.provisioning.profile.Vocabulary.Model;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** By which objects models listen for other networks: {@code channels/scans.yaml}. */
public final class ScanMappings {

    private static final Comparator<Mapping> BY_WEIGHT = Comparator.comparingInt(
                    (Mapping mapping) -> mapping.devices().productClass().weight())
            .thenComparingInt(mapping -> mapping.devices().softwareVersion().weight())
            .thenComparingInt(mapping -> mapping.devices().manufacturer().weight())
            .reversed();

    private final List<Mapping> mappings;

    private ScanMappings(List<Mapping> mappings) {
        this.mappings = mappings;
    }

    record Entry(
            @Nullable Map<String, String> devices,
            @Nullable String object,
            @Nullable String rows,
            @Nullable Map<String, String> columns) {}

    private record Devices(String root, Glob manufacturer, Glob productClass, Glob softwareVersion) {
        boolean include(Model model) {
            return root.equals(model.root())
                    && manufacturer.matches(model.manufacturer())
                    && productClass.matches(model.productClass())
                    && softwareVersion.matches(model.softwareVersion());
        }
    }

    private record Mapping(Devices devices, @Nullable Scan scan) {}

    /** @param columns parameters of a row, by what they tell */
    public record Scan(String object, String rows, Map<String, String> columns) {}

    public static ScanMappings shipped() {
        try (InputStream in = ScanMappings.class.getResourceAsStream("/channels/scans.yaml")) {
            return read(new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws IllegalArgumentException where an entry makes no sense */
    static ScanMappings read(String text) {
        // anchors are resolved here; Jackson's reader of YAML does not know them
        Object tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(new StringReader(text));
        return new ScanMappings(Arrays.stream(new ObjectMapper().convertValue(tree, Entry[].class))
                .map(ScanMappings::mapping)
                .sorted(BY_WEIGHT)
                .toList());
    }

    private static Mapping mapping(Entry entry) {
        Map<String, String> which = entry.devices() == null ? Map.of() : entry.devices();
        Devices devices = new Devices(
                which.getOrDefault("root", ""),
                new Glob(which.getOrDefault("manufacturer", "*")),
                new Glob(which.getOrDefault("productClass", "*")),
                new Glob(which.getOrDefault("softwareVersion", "*")));
        if (entry.object() == null) {
            return new Mapping(devices, null);
        }
        if (entry.rows() == null
                || entry.columns() == null
                || !entry.columns().keySet().containsAll(List.of("bssid", "channel", "signal"))
                || devices.root().isEmpty()
                || !entry.object().startsWith(devices.root())
                || !entry.object().endsWith(".")
                || !entry.rows().endsWith(".")) {
            throw new IllegalArgumentException("an entry of channels/scans.yaml for " + devices.root()
                    + " lacks rows, columns or a root that its object begins with");
        }
        return new Mapping(devices, new Scan(entry.object(), entry.rows(), Map.copyOf(entry.columns())));
    }

    /** Empty where the model is said to have none, or nothing is said of it. */
    public Optional<Scan> of(Model model) {
        return mappings.stream()
                .filter(mapping -> mapping.devices().include(model))
                .findFirst()
                .flatMap(mapping -> Optional.ofNullable(mapping.scan()));
    }
}

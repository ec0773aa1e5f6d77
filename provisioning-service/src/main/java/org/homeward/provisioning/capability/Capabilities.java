package org.homeward.provisioning.capability;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.homeward.provisioning.capability.Mapping.Spot;
import org.homeward.provisioning.capability.Mapping.Target;
import org.homeward.provisioning.profile.RawPaths;
import org.homeward.provisioning.profile.Vocabulary;

/** Capabilities, by the mappings that there are, and raw paths. Thread-safe. */
public final class Capabilities implements Vocabulary {

    private static final String UNHEARD = "the device has not said yet what data model it has";
    private static final String FOLDER = "/capabilities/";

    /** Of which it is remembered what mappings are for them; devices say what they like of their software. */
    private static final int MOST_MODELS = 10_000;

    private final RawPaths paths = new RawPaths();
    private final List<Mapping> mappings;
    private final Map<Model, List<Mapping>> byModel = new ConcurrentHashMap<>();

    private Capabilities(List<Mapping> mappings) {
        this.mappings = mappings.stream().sorted(Mapping.BY_WEIGHT).toList();
        for (int i = 0; i < this.mappings.size(); i++) {
            for (Mapping other : this.mappings.subList(i + 1, this.mappings.size())) {
                if (this.mappings.get(i).rivals(other)) {
                    throw new MappingFault(
                            other.file(),
                            1,
                            "is as specific as " + this.mappings.get(i).file() + ", for the same devices");
                }
            }
        }
    }

    /** With the mappings that come with Homeward. @throws MappingFault where one is wrong */
    public static Capabilities shipped() {
        List<Mapping> mappings = new ArrayList<>();
        resource("index.txt")
                .lines()
                .filter(file -> !file.isBlank())
                .forEach(file -> mappings.add(MappingReader.read(file, resource(file))));
        return new Capabilities(mappings);
    }

    /** With these mappings and no others; the texts by the names of their files. */
    static Capabilities of(Map<String, String> files) {
        return new Capabilities(files.entrySet().stream()
                .map(file -> MappingReader.read(file.getKey(), file.getValue()))
                .toList());
    }

    private static String resource(String file) {
        try (InputStream in = Capabilities.class.getResourceAsStream(FOLDER + file)) {
            if (in == null) {
                throw new MappingFault(file, 1, "is in the index of mappings, and is not there");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Meaning on(Model model, String name) {
        if (!name.startsWith(CAPABILITY)) {
            return paths.on(model, name);
        }
        if (model.root().isEmpty()) {
            return new Meaning.None(UNHEARD);
        }
        String capability = name.substring(CAPABILITY.length());
        String general = Catalogue.named(capability).map(Capability::name).orElse("");
        return mappings(model).stream()
                .filter(mapping -> mapping.spoken().contains(general))
                .findFirst()
                .flatMap(mapping -> Optional.ofNullable(mapping.spots().get(capability)))
                .map(spots -> meaning(model, capability, spots))
                .orElseGet(() -> new Meaning.None("there is no mapping of " + capability + " for " + words(model)));
    }

    /** What a table, such as {@code hosts}, means on a model. */
    public TableMeaning table(Model model, String name) {
        if (model.root().isEmpty()) {
            return new TableMeaning.None(UNHEARD);
        }
        return mappings(model).stream()
                .filter(mapping -> mapping.spoken().contains(name))
                .findFirst()
                .map(mapping -> mapping.tables().getOrDefault(name, List.of()))
                .filter(tables -> !tables.isEmpty())
                .<TableMeaning>map(TableMeaning.Tables::new)
                .orElseGet(() -> new TableMeaning.None("there is no mapping of " + name + " for " + words(model)));
    }

    @Override
    public RowsMeaning rows(Model model, String name, List<Map<String, String>> rows) {
        return switch (table(model, name.substring(CAPABILITY.length()))) {
            case TableMeaning.None none -> new RowsMeaning.None(none.why());
            case TableMeaning.Tables tables -> {
                List<TablePlace> places = new ArrayList<>();
                for (Table table : tables.tables()) {
                    List<Map<String, String>> written = rows.stream()
                            .flatMap(row -> table.written(row).stream())
                            .toList();
                    if (written.size() == rows.size()) {
                        places.add(new TablePlace(
                                new Place(table.checks(), List.of()), table.path(), table.key(), written));
                    }
                }
                yield places.isEmpty()
                        ? new RowsMeaning.None(table(tables) + " can't be so on " + words(model))
                        : new RowsMeaning.Known(places);
            }
        };
    }

    private static String table(TableMeaning.Tables tables) {
        return tables.tables().getFirst().name();
    }

    private List<Mapping> mappings(Model model) {
        List<Mapping> known = byModel.get(model);
        if (known != null) {
            return known;
        }
        if (byModel.size() >= MOST_MODELS) {
            byModel.clear();
        }
        List<Mapping> found =
                mappings.stream().filter(mapping -> mapping.isFor(model)).toList();
        byModel.put(model, found);
        return found;
    }

    private static Meaning meaning(Model model, String capability, List<Spot> spots) {
        return new Meaning.Parameters(spots.stream()
                .map(spot -> new Place(
                        spot.checks(),
                        spot.targets().stream()
                                .map(target ->
                                        new Parameter(target.path(), value -> said(model, capability, target, value)))
                                .toList()))
                .toList());
    }

    private static Said said(Model model, String name, Target target, String value) {
        ValueKind kind = Catalogue.named(name).orElseThrow().kind();
        Optional<String> canonical = kind.canonical(value);
        if (canonical.isEmpty()) {
            return new Said.Unfit(unfit(name, kind, value));
        }
        Optional<Optional<String>> word = target.of(canonical.get());
        if (word.isEmpty()) {
            return new Said.Unfit(name + " can't be " + value + " on " + words(model));
        }
        return word.get().<Said>map(Said.Value::new).orElseGet(Said.Nothing::new);
    }

    private static String unfit(String name, ValueKind kind, String value) {
        return name + " can't be " + (kind.isSecret() ? "what is given here" : '"' + value + '"') + ": it is "
                + kind.words();
    }

    private static String words(Model model) {
        return "the model " + model.productClass() + " of " + model.manufacturer() + " with software "
                + (model.softwareVersion().isEmpty() ? "unknown" : model.softwareVersion()) + " and data model "
                + model.root();
    }

    @Override
    public Optional<String> objection(String name) {
        if (!name.startsWith(CAPABILITY)) {
            return paths.objection(name);
        }
        String capability = name.substring(CAPABILITY.length());
        Optional<Capability> known = Catalogue.named(capability);
        if (known.isEmpty()) {
            return Optional.of("is no capability; the nearest are " + String.join(", ", Catalogue.nearest(capability)));
        }
        return known.get().kind() == ValueKind.TABLE
                ? Optional.of("is a table, which no value can be; give its rows under objects, by the table's own path")
                : Optional.empty();
    }

    @Override
    public Optional<String> objection(String name, String value) {
        return Optional.of(name)
                .filter(each -> each.startsWith(CAPABILITY))
                .flatMap(each -> Catalogue.named(each.substring(CAPABILITY.length())))
                .filter(capability -> capability.kind().canonical(value).isEmpty())
                .map(capability -> unfit(name.substring(CAPABILITY.length()), capability.kind(), value));
    }

    @Override
    public Set<String> checks(String name) {
        if (!name.startsWith(CAPABILITY)) {
            return Set.of();
        }
        String capability = name.substring(CAPABILITY.length());
        return Stream.concat(
                        mappings.stream()
                                .flatMap(mapping -> mapping.tables().getOrDefault(capability, List.of()).stream())
                                .flatMap(table -> table.checks().stream()),
                        mappings.stream()
                                .flatMap(mapping ->
                                        mapping
                                                .spots()
                                                .getOrDefault(name.substring(CAPABILITY.length()), List.of())
                                                .stream())
                                .flatMap(spot -> spot.checks().stream()))
                .map(Check::path)
                .collect(Collectors.toUnmodifiableSet());
    }
}

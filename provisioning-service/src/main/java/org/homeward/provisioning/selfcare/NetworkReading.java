package org.homeward.provisioning.selfcare;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.ValueType;
import org.homeward.provisioning.capability.Catalogue;
import org.homeward.provisioning.capability.ValueKind;
import org.homeward.provisioning.profile.Vocabulary;
import org.homeward.provisioning.profile.Vocabulary.Meaning;
import org.homeward.provisioning.profile.Vocabulary.Parameter;
import org.homeward.provisioning.profile.Vocabulary.Place;
import org.homeward.provisioning.profile.Vocabulary.Said;

/** What a device says of capabilities, in the words of the catalogue. */
public final class NetworkReading {

    private static final Map<ValueKind, List<String>> WORDS = Map.of(
            ValueKind.BOOLEAN, List.of("true", "false"),
            ValueKind.CHANNEL, List.of("Auto"),
            ValueKind.SECURITY,
                    List.of("Open", "WPA2-Personal", "WPA-WPA2-Personal", "WPA2-WPA3-Personal", "WPA3-Personal"));

    private final Vocabulary vocabulary;
    private final Vocabulary.Model model;
    private final Map<String, String> reported;

    /** @param reported values by path */
    public NetworkReading(Vocabulary vocabulary, Vocabulary.Model model, Map<String, String> reported) {
        this.vocabulary = vocabulary;
        this.model = model;
        this.reported = reported;
    }

    /** Where the capability stands on the device, as far as that is known. */
    public Optional<Place> place(String capability) {
        return vocabulary.on(model, Vocabulary.CAPABILITY + capability) instanceof Meaning.Parameters meant
                ? meant.places().stream()
                        .filter(place -> place.isConfirmedBy(reported))
                        .findFirst()
                : Optional.empty();
    }

    /** The value that all parameters that have a part in it agree on; empty where the device does not say. */
    public Optional<String> value(String capability) {
        ValueKind kind = Catalogue.named(capability).orElseThrow().kind();
        return place(capability).flatMap(place -> {
            Set<String> candidates = new LinkedHashSet<>(WORDS.getOrDefault(kind, List.of()));
            place.parameters().forEach(parameter -> {
                String said = reported.get(parameter.path());
                if (said != null) {
                    kind.canonical(said).ifPresent(candidates::add);
                }
            });
            return candidates.stream()
                    .filter(candidate -> place.parameters().stream().allMatch(each -> says(each, candidate)))
                    .findFirst();
        });
    }

    private boolean says(Parameter parameter, String candidate) {
        return switch (parameter.translation().of(candidate)) {
            case Said.Value value -> {
                String said = reported.get(parameter.path());
                yield said != null
                        && (said.equals(value.text())
                                || new ParameterValue("", said, ValueType.BOOLEAN)
                                        .meansTheSameAs(new ParameterValue("", value.text(), ValueType.BOOLEAN)));
            }
            case Said.Nothing nothing -> true;
            case Said.Unfit unfit -> false;
        };
    }

    /** A parameter that stands beside the channel of the radio, such as {@code PossibleChannels}; in both data models. */
    public Optional<String> besideChannel(String network, String name) {
        return place(WiFiField.CHANNEL.of(Networks.band(network)))
                .flatMap(place -> place.parameters().stream()
                        .map(Parameter::path)
                        .map(path -> path.substring(0, path.lastIndexOf('.') + 1) + name)
                        .findFirst());
    }
}

package org.homeward.provisioning.channel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.homeward.contracts.order.OrderTask;
import org.homeward.provisioning.profile.Vocabulary;
import org.homeward.provisioning.profile.Vocabulary.Meaning;
import org.homeward.provisioning.profile.Vocabulary.Model;
import org.homeward.provisioning.profile.Vocabulary.Parameter;
import org.homeward.provisioning.profile.Vocabulary.Place;
import org.homeward.provisioning.profile.Vocabulary.Said;

/** Says by which parameters a model listens, and by which it is told a channel. */
public final class Surveyor {

    public static final String TYPE = "wifiScan";

    private static final String CHANNEL = "Channel";
    private static final String AUTOMATIC = "AutoChannelEnable";

    /** What stands beside Channel, in TR-181 as in TR-098. */
    private static final Map<String, String> BESIDE_CHANNEL =
            Map.of("possible", "PossibleChannels", "country", "RegulatoryDomain");

    private static final String WIDTH = "CurrentOperatingChannelBandwidth";

    /** Networks on each band. */
    private static final Map<Band, List<String>> NETWORKS = Map.of(
            Band.GHZ_2_4, List.of("2.4GHz", "guest"),
            Band.GHZ_5, List.of("5GHz", "guest5GHz"),
            Band.GHZ_6, List.of("6GHz"));

    private final ScanMappings scans;
    private final Vocabulary vocabulary;

    public Surveyor(ScanMappings scans, Vocabulary vocabulary) {
        this.scans = scans;
        this.vocabulary = vocabulary;
    }

    /** How a device can be asked. */
    public sealed interface Way {

        record By(OrderTask.Survey survey) implements Way {}

        /** @param why for people; names the model */
        record None(String why) implements Way {}
    }

    /** Parameters that have to be known of such a device, so that it is certain which are its radios'. */
    public Set<String> asked(Model model) {
        Set<String> paths = new HashSet<>();
        NETWORKS.values()
                .forEach(names -> names.forEach(name -> {
                    checks(model, ssid(name), paths);
                    checks(model, channel(name), paths);
                }));
        return paths;
    }

    private void checks(Model model, String name, Set<String> paths) {
        if (vocabulary.on(model, name) instanceof Meaning.Parameters meant) {
            meant.places().forEach(place -> place.checks().forEach(check -> paths.add(check.path())));
        }
    }

    /** @param reported values by path, at least those {@link #asked} for */
    public Way way(Model model, Map<String, String> reported) {
        if (model.root().isEmpty()) {
            return new Way.None("the device has not said yet what data model it has");
        }
        Optional<ScanMappings.Scan> scan = scans.of(model);
        if (scan.isEmpty()) {
            return new Way.None("there is no mapping of a Wi-Fi scan for the model " + model.productClass() + " of "
                    + model.manufacturer() + " with software "
                    + (model.softwareVersion().isEmpty() ? "unknown" : model.softwareVersion()) + " and data model "
                    + model.root());
        }
        List<OrderTask.Radio> radios = new ArrayList<>();
        for (Band band : Band.values()) {
            radio(model, band, reported).ifPresent(radios::add);
        }
        return new Way.By(new OrderTask.Survey(
                TYPE, scan.get().object(), scan.get().rows(), scan.get().columns(), radios));
    }

    private Optional<OrderTask.Radio> radio(Model model, Band band, Map<String, String> reported) {
        Map<String, String> parameters = new HashMap<>();
        for (Parameter parameter : parameters(model, channel(band.toString()), reported)) {
            String path = parameter.path();
            String object = path.substring(0, path.lastIndexOf('.') + 1);
            if (path.substring(object.length()).equals(CHANNEL)) {
                parameters.put("channel", path);
                BESIDE_CHANNEL.forEach((name, beside) -> parameters.put(name, object + beside));
                if (model.root().equals("Device.")) {
                    parameters.put("bandwidth", object + WIDTH);
                }
            } else if (path.substring(object.length()).equals(AUTOMATIC)) {
                parameters.put("automatic", path);
            }
        }
        if (!parameters.containsKey("channel")) {
            return Optional.empty();
        }
        for (String network : NETWORKS.getOrDefault(band, List.of())) {
            for (Parameter parameter : parameters(model, ssid(network), reported)) {
                String path = parameter.path();
                parameters.put("bssid." + network, path.substring(0, path.lastIndexOf('.') + 1) + "BSSID");
            }
        }
        return Optional.of(new OrderTask.Radio(band.toString(), parameters));
    }

    /** What tells a device its channel, in its own words. */
    public sealed interface Writing {

        /** @param values by path */
        record Values(Map<String, String> values) implements Writing {}

        /** @param why for people */
        record None(String why) implements Writing {}
    }

    /**
     * How a device is told to be on a channel.
     *
     * @param parameter the one that holds the channel, as the survey named it
     */
    public Writing writing(Model model, Band band, int channel, String parameter) {
        if (!(vocabulary.on(model, channel(band.toString())) instanceof Meaning.Parameters meant)) {
            return new Writing.None("there is no mapping of the channel for the model " + model.productClass());
        }
        Place place = meant.places().stream()
                .filter(each ->
                        each.parameters().stream().anyMatch(its -> its.path().equals(parameter)))
                .findFirst()
                .orElse(null);
        if (place == null) {
            return new Writing.None(parameter + " is not where the channel stands any more");
        }
        Map<String, String> values = new HashMap<>();
        for (Parameter each : place.parameters()) {
            switch (each.translation().of(Integer.toString(channel))) {
                case Said.Value value -> values.put(each.path(), value.text());
                case Said.Nothing nothing -> {}
                case Said.Unfit unfit -> {
                    return new Writing.None(unfit.why());
                }
            }
        }
        return new Writing.Values(values);
    }

    private List<Parameter> parameters(Model model, String name, Map<String, String> reported) {
        return vocabulary.on(model, name) instanceof Meaning.Parameters meant
                ? meant.places().stream()
                        .filter(place -> place.isConfirmedBy(reported))
                        .findFirst()
                        .map(Place::parameters)
                        .orElse(List.of())
                : List.of();
    }

    private static String channel(String network) {
        return Vocabulary.CAPABILITY + "wifi.networks[" + network + "].channel";
    }

    private static String ssid(String network) {
        return Vocabulary.CAPABILITY + "wifi.networks[" + network + "].ssid";
    }
}

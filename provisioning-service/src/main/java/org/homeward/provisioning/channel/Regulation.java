package org.homeward.provisioning.channel;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which channels a country allows indoors, by {@code channels/countries.yaml}.
 *
 * @param country by ISO 3166; {@code world} for what is allowed nearly everywhere
 * @param channels of 20 MHz, by band
 * @param radar those on which a network has to give way to radar (DFS)
 */
public record Regulation(String country, Map<Band, Set<Integer>> channels, Set<Integer> radar) {

    private static final String WORLD = "world";
    private static final Map<String, Regulation> ALL = read();

    record Rules(Map<String, String> bands, String radar, List<String> countries) {}

    /**
     * Empty where nothing is known of the country.
     *
     * @param country a device may write more after it, as in {@code "DE "} or {@code DEI} (TR-181 RegulatoryDomain)
     */
    public static Optional<Regulation> of(String country) {
        return country.length() < 2
                ? Optional.empty()
                : Optional.ofNullable(ALL.get(country.substring(0, 2).toUpperCase(Locale.ROOT)));
    }

    public static Regulation world() {
        return Objects.requireNonNull(ALL.get(WORLD));
    }

    public boolean allows(Band band, int channel) {
        return channels.getOrDefault(band, Set.of()).contains(channel);
    }

    /**
     * Channels of a band that are allowed and that the device can do.
     *
     * @param possible as the device lists them ({@code 1-13} or {@code 36,40,44}); all, where it lists none
     */
    public Set<Integer> channels(Band band, String possible) {
        Set<Integer> both = new TreeSet<>(channels.getOrDefault(band, Set.of()));
        Set<Integer> able = listed(band, possible);
        if (!able.isEmpty()) {
            both.retainAll(able);
        }
        return both;
    }

    boolean hasRadar(Band band, int channel) {
        return band == Band.GHZ_5 && radar.contains(channel);
    }

    private static Map<String, Regulation> read() {
        try (InputStream in = Regulation.class.getResourceAsStream("/channels/countries.yaml")) {
            Rules[] all = new YAMLMapper().readValue(in, Rules[].class);
            Map<String, Regulation> byCountry = new HashMap<>();
            for (Rules rules : all) {
                Map<Band, Set<Integer>> channels = new HashMap<>();
                rules.bands().forEach((band, text) -> channels.put(Band.named(band), listed(Band.named(band), text)));
                Set<Integer> radar = listed(Band.GHZ_5, rules.radar());
                for (String country : rules.countries()) {
                    if (byCountry.put(country, new Regulation(country, Map.copyOf(channels), radar)) != null) {
                        throw new IllegalStateException(country + " stands in channels/countries.yaml twice");
                    }
                }
            }
            return Map.copyOf(byCountry);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code 36-64,149}: in 2.4 GHz each channel, in the others every fourth. */
    static Set<Integer> listed(Band band, String text) {
        Set<Integer> channels = new TreeSet<>();
        Arrays.stream(text.split("[,; ]+"))
                .filter(part -> part.matches("\\d{1,3}(-\\d{1,3})?"))
                .forEach(part -> {
                    String[] ends = part.split("-");
                    int last = Integer.parseInt(ends[ends.length - 1]);
                    for (int channel = Integer.parseInt(ends[0]);
                            channel <= last;
                            channel += band == Band.GHZ_2_4 ? 1 : 4) {
                        channels.add(channel);
                    }
                });
        return channels;
    }
}

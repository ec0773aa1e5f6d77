package org.homeward.provisioning.selfcare;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Which Wi-Fi channels are allowed where. */
public final class Regulation {

    private static final String FILE = "/selfcare/channels.yaml";
    private static final Pattern RANGE = Pattern.compile("(\\d+)-(\\d+)(?:/(\\d+))?");

    private final Map<String, Map<String, SortedSet<Integer>>> byDomain;
    private final Map<String, String> domainOf;
    private final String otherwise;

    private Regulation(
            Map<String, Map<String, SortedSet<Integer>>> byDomain, Map<String, String> domainOf, String otherwise) {
        this.byDomain = byDomain;
        this.domainOf = domainOf;
        this.otherwise = otherwise;
    }

    /** @param otherwise the domain for countries that are not known; @throws IllegalArgumentException for none */
    public static Regulation shipped(String otherwise) {
        try (InputStream in = Regulation.class.getResourceAsStream(FILE)) {
            Map<String, Map<String, ?>> file = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
            Map<String, Map<String, SortedSet<Integer>>> byDomain = new HashMap<>();
            Map<String, String> domainOf = new HashMap<>();
            file.getOrDefault("domains", Map.of()).forEach((domain, bands) -> {
                Map<String, SortedSet<Integer>> channels = new HashMap<>();
                ((Map<?, ?>) bands)
                        .forEach((band, ranges) -> channels.put(String.valueOf(band), channels((List<?>) ranges)));
                byDomain.put(domain, channels);
            });
            file.getOrDefault("countries", Map.of())
                    .forEach((domain, countries) ->
                            ((List<?>) countries).forEach(country -> domainOf.put(String.valueOf(country), domain)));
            if (!byDomain.containsKey(otherwise)) {
                throw new IllegalArgumentException("homeward.provisioning.self-care.regulation is " + otherwise
                        + ", which is none of " + new TreeSet<>(byDomain.keySet()));
            }
            return new Regulation(byDomain, domainOf, otherwise);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SortedSet<Integer> channels(List<?> ranges) {
        SortedSet<Integer> channels = new TreeSet<>();
        ranges.forEach(range -> channels.addAll(listed(String.valueOf(range))));
        return channels;
    }

    private static SortedSet<Integer> listed(String text) {
        SortedSet<Integer> channels = new TreeSet<>();
        Matcher range = RANGE.matcher(text);
        if (range.matches()) {
            int step = range.group(3) == null ? 1 : Integer.parseInt(range.group(3));
            int last = Math.min(Integer.parseInt(range.group(2)), 255);
            for (int channel = Integer.parseInt(range.group(1)); channel <= last; channel += step) {
                channels.add(channel);
            }
        } else if (!text.isEmpty() && text.length() < 4 && text.chars().allMatch(Character::isDigit)) {
            channels.add(Integer.valueOf(text));
        }
        return channels;
    }

    /**
     * Channels of a band that are allowed and that the device can do.
     *
     * @param country by ISO 3166; a device may write more after it, as in {@code "DE "} or {@code DEI}
     * @param possible as the device lists them ({@code 1-13} or {@code 36,40,44}); empty where it does not say
     */
    public SortedSet<Integer> channels(String band, String country, String possible) {
        String domain = country.length() < 2
                ? otherwise
                : domainOf.getOrDefault(country.substring(0, 2).toUpperCase(Locale.ROOT), otherwise);
        SortedSet<Integer> allowed =
                new TreeSet<>(byDomain.getOrDefault(domain, Map.of()).getOrDefault(band, new TreeSet<>()));
        SortedSet<Integer> able = new TreeSet<>();
        for (String each : possible.split(",")) {
            able.addAll(listed(each.strip()));
        }
        if (!able.isEmpty()) {
            allowed.retainAll(able);
        }
        return allowed;
    }
}

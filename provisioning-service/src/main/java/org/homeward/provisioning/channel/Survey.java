package org.homeward.provisioning.channel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a device said when it listened: the result of an order {@code wifiScan}, understood. */
public record Survey(List<Neighbour> neighbours, List<Radio> radios) {

    /** dBm, of a network of which the device does not say how well it is heard. */
    private static final int USUAL_SIGNAL = -75;

    private static final int USUAL_WIDTH_OF_5 = 80;
    private static final int USUAL_WIDTH = 20;
    private static final Pattern WIDTH = Pattern.compile("(20|40|80|160|320)(\\D.*)?");

    public Survey {
        neighbours = List.copyOf(neighbours);
        radios = List.copyOf(radios);
    }

    /** @param result {@code neighbours} and {@code radios}, as the order has them; what makes no sense is left out */
    public static Survey of(Map<?, ?> result) {
        List<Neighbour> neighbours = new ArrayList<>();
        for (Object each : result.get("neighbours") instanceof List<?> list ? list : List.of()) {
            if (each instanceof Map<?, ?> row) {
                neighbour(row).ifPresent(neighbours::add);
            }
        }
        List<Radio> radios = new ArrayList<>();
        for (Object each : result.get("radios") instanceof List<?> list ? list : List.of()) {
            if (each instanceof Map<?, ?> values) {
                Band.of(text(values, "band")).ifPresent(band -> radios.add(radio(band, values)));
            }
        }
        return new Survey(neighbours, radios);
    }

    private static Optional<Neighbour> neighbour(Map<?, ?> row) {
        int channel = number(text(row, "channel"), 0);
        if (channel < 1 || channel > 233) {
            return Optional.empty();
        }
        Band band = Band.of(text(row, "band")).orElse(Band.usual(channel));
        int signal = number(text(row, "signal"), USUAL_SIGNAL);
        return Optional.of(new Neighbour(
                text(row, "ssid"),
                text(row, "bssid"),
                band,
                channel,
                width(text(row, "bandwidth"), band == Band.GHZ_2_4 ? USUAL_WIDTH : USUAL_WIDTH_OF_5),
                signal < 0 && signal > -120 ? signal : USUAL_SIGNAL));
    }

    private static Radio radio(Band band, Map<?, ?> values) {
        Set<String> bssids = new TreeSet<>();
        values.forEach((name, value) -> {
            if (name.toString().startsWith("bssid") && !String.valueOf(value).isBlank()) {
                bssids.add(String.valueOf(value));
            }
        });
        String country = text(values, "country").strip();
        String automatic = text(values, "automatic");
        return new Radio(
                band,
                number(text(values, "channel"), 0),
                automatic.equals("1") || automatic.equalsIgnoreCase("true"),
                width(text(values, "bandwidth"), USUAL_WIDTH),
                Regulation.listed(band, text(values, "possible")),
                country.length() >= 2 ? country.substring(0, 2) : "",
                bssids);
    }

    private static String text(Map<?, ?> values, String name) {
        Object value = values.get(name);
        return value == null ? "" : value.toString();
    }

    private static int number(String text, int otherwise) {
        return text.matches("-?\\d{1,6}") ? Integer.parseInt(text) : otherwise;
    }

    private static int width(String text, int otherwise) {
        Matcher width = WIDTH.matcher(text);
        return width.matches() ? Integer.parseInt(width.group(1)) : otherwise;
    }
}

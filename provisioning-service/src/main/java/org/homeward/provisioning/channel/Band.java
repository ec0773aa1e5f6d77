package org.homeward.provisioning.channel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** A band of Wi-Fi, and where its channels lie. Frequencies and widths are in MHz (IEEE 802.11-2020, 17 and Annex E). */
public enum Band {
    GHZ_2_4("2.4GHz"),
    GHZ_5("5GHz"),
    GHZ_6("6GHz");

    private static final int NARROWEST = 20;
    private static final int LAST_OF_2_4 = 14;

    /** First channel of a block of several in 5 GHz; each goes on for as long as its blocks are whole. */
    private static final int[] STARTS_OF_5 = {36, 100, 149};

    private final String text;

    Band(String text) {
        this.text = text;
    }

    /** As in capabilities. */
    @JsonValue
    @Override
    public String toString() {
        return text;
    }

    @JsonCreator
    public static Band named(String text) {
        return of(text).orElseThrow(() -> new IllegalArgumentException(text + " is no band"));
    }

    /** As devices write it: {@code 2.4GHz}, {@code 2.4 GHz}. */
    public static Optional<Band> of(String text) {
        String plain = text.replace(" ", "");
        for (Band band : values()) {
            if (band.text.equalsIgnoreCase(plain)) {
                return Optional.of(band);
            }
        }
        return Optional.empty();
    }

    /** The band that a channel is usually meant in where nothing says so: numbers of 6 GHz are those of the others, too. */
    public static Band usual(int channel) {
        return channel <= LAST_OF_2_4 ? GHZ_2_4 : GHZ_5;
    }

    /** From where to where something is on the air. */
    public record Span(double from, double to) {

        double width() {
            return to - from;
        }

        /** How much of the narrower of both the other covers: 0 to 1. */
        double overlap(Span other) {
            double common = Math.min(to, other.to) - Math.max(from, other.from);
            return Math.max(0, common) / Math.min(width(), other.width());
        }
    }

    private double centre(int channel) {
        return switch (this) {
            case GHZ_2_4 -> channel == LAST_OF_2_4 ? 2484 : 2407 + 5.0 * channel;
            case GHZ_5 -> 5000 + 5.0 * channel;
            case GHZ_6 -> 5950 + 5.0 * channel;
        };
    }

    /**
     * The channels of 20 MHz that a network takes with this primary one.
     *
     * @param width 20, 40, 80, 160 or 320; where there is no such block, the primary channel alone
     */
    List<Integer> block(int primary, int width) {
        int channels = Math.max(1, width / NARROWEST);
        if (channels == 1) {
            return List.of(primary);
        }
        if (this == GHZ_2_4) {
            // the secondary one lies above, as long as there is room
            return List.of(primary, primary <= 7 ? primary + 4 : primary - 4);
        }
        int start = this == GHZ_6 ? 1 : start(primary);
        if (start < 0 || (primary - start) % 4 != 0) {
            return List.of(primary);
        }
        int first = start + (primary - start) / (4 * channels) * 4 * channels;
        List<Integer> block = new ArrayList<>(channels);
        for (int i = 0; i < channels; i++) {
            block.add(first + 4 * i);
        }
        return block;
    }

    private static int start(int channel) {
        int start = -1;
        for (int each : STARTS_OF_5) {
            start = each <= channel ? each : start;
        }
        return start;
    }

    Span span(int primary, int width) {
        TreeSet<Integer> block = new TreeSet<>(block(primary, width));
        return new Span(centre(block.first()) - NARROWEST / 2.0, centre(block.last()) + NARROWEST / 2.0);
    }

    /** Why others would rather not have it used, where that is so: it lies across channels that do not disturb each other. */
    boolean isOdd(int channel) {
        return switch (this) {
            case GHZ_2_4 -> channel != 1 && channel != 6 && channel != 11;
            case GHZ_5 -> false;
            // devices look for networks on the preferred scanning channels first
            case GHZ_6 -> channel % 16 != 5;
        };
    }
}

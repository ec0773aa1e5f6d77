package org.homeward.provisioning.channel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;

/**
 * What came of choosing a channel for one radio.
 *
 * @param from 0 where the device does not say which channel it is on
 * @param to the same where it is to stay
 * @param automatic whether the device chose the channel that it is on
 * @param scores the best first
 * @param words to be read aloud
 */
public record Choice(
        Band band, int from, int to, boolean automatic, Verdict verdict, List<Score> scores, String words) {

    public Choice {
        scores = List.copyOf(scores);
    }

    /** The same, kept from moving. */
    public Choice held(String why) {
        return new Choice(band, from, from, automatic, Verdict.HELD, scores, words + ' ' + why);
    }

    public enum Verdict {
        MOVE,
        STAY,
        /** A better one is known, and something else says the channel. */
        HELD,
        /** There is none that it may be on. */
        NONE;

        @JsonValue
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }

        @JsonCreator
        public static Verdict named(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * How good a channel is; less is better.
     *
     * @param score dBm of others, and what makes it worse besides
     * @param heard dBm of others on the channel, all together, those beside it by how much they lie over it; -95 for none
     * @param networks how many lie over it
     * @param reasons what counted, for people
     */
    public record Score(int channel, double score, double heard, int networks, List<String> reasons) {
        public Score {
            reasons = List.copyOf(reasons);
        }
    }
}

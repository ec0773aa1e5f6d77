package org.homeward.provisioning.channel;

import java.util.Locale;
import org.homeward.provisioning.channel.Choice.Score;
import org.jspecify.annotations.Nullable;

/** Why a channel was chosen, as a support agent reads it to a subscriber. */
final class ChannelWords {

    private ChannelWords() {}

    static String networks(int count) {
        return count == 1 ? "1 network" : count + " networks";
    }

    static String none(Radio radio, Regulation regulation) {
        return "On " + radio.band() + " none of the channels that the device offers is allowed in "
                + regulation.country() + ".";
    }

    static String moving(Radio radio, @Nullable Score now, Score best, Regulation regulation) {
        if (now == null) {
            return (radio.channel() == 0
                            ? "The device does not say which channel it is on in " + radio.band() + ". "
                            : "Channel " + radio.channel() + " of " + radio.band()
                                    + " is none that the device may be on in " + regulation.country() + ". ")
                    + "Channel " + best.channel() + " is the quietest: " + heard(best) + ".";
        }
        return "On " + radio.band() + " channel " + now.channel() + " is shared: " + heard(now) + ". On channel "
                + best.channel() + " " + heard(best) + ", so what disturbs the network is "
                + decibels(now.score() - best.score()) + " less there." + itself(radio);
    }

    static String staying(Radio radio, @Nullable Score now, Score best, ChannelPolicy policy) {
        if (now == null || now.channel() == best.channel()) {
            return "On " + radio.band() + " channel " + best.channel() + " is the best there is: " + heard(best) + ".";
        }
        return "On " + radio.band() + " channel " + now.channel() + " can stay: " + heard(now) + ". Channel "
                + best.channel() + " would be better by " + decibels(now.score() - best.score())
                + " only, and it takes " + decibels(policy.gain()) + " to be worth the interruption.";
    }

    private static String itself(Radio radio) {
        return radio.automatic() ? " The device chose its channel itself; it no longer will." : "";
    }

    private static String heard(Score score) {
        return score.networks() == 0
                ? "nobody else is heard"
                : networks(score.networks()) + (score.networks() == 1 ? " is" : " are") + " heard, at "
                        + String.format(Locale.ROOT, "%.0f", score.heard()) + " dBm together";
    }

    private static String decibels(double dB) {
        return String.format(Locale.ROOT, "%.0f dB", dB);
    }
}

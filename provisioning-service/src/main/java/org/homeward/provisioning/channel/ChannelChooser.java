package org.homeward.provisioning.channel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.homeward.provisioning.channel.Band.Span;
import org.homeward.provisioning.channel.Choice.Score;
import org.homeward.provisioning.channel.Choice.Verdict;

/**
 * Chooses a channel for one radio. The same input always gives the same choice.
 *
 * <p>A neighbour counts by its power, as linear as it arrives, and by how much it lies over the channel. One on the very
 * same channel is heard and waited for; one beside it is noise, and so its overlap counts a little more.
 */
public final class ChannelChooser {

    /** dBm of noise; weaker ones make no difference. */
    private static final double FLOOR = -95;

    private static final double NOISE_COUNTS_MORE = 1.3;
    private static final Comparator<Neighbour> IN_ORDER = Comparator.comparingInt(Neighbour::channel)
            .thenComparingInt(Neighbour::signal)
            .thenComparingInt(Neighbour::width)
            .thenComparing(Neighbour::bssid);

    private final ChannelPolicy policy;

    public ChannelChooser(ChannelPolicy policy) {
        this.policy = policy;
    }

    /** @param neighbours all that the device heard; those of other bands, and its own networks, are left out */
    public Choice choose(Radio radio, List<Neighbour> neighbours, Regulation regulation) {
        List<Neighbour> others = others(radio, neighbours);
        List<Score> scores = candidates(radio, regulation).stream()
                .map(channel -> score(radio, channel, others, regulation))
                .sorted(Comparator.comparingDouble(Score::score)
                        .thenComparing(score -> score.channel() != radio.channel())
                        .thenComparingInt(Score::networks)
                        .thenComparingInt(Score::channel))
                .toList();
        if (scores.isEmpty()) {
            return new Choice(
                    radio.band(),
                    radio.channel(),
                    radio.channel(),
                    radio.automatic(),
                    Verdict.NONE,
                    scores,
                    ChannelWords.none(radio, regulation));
        }
        Score best = scores.getFirst();
        Score now = scores.stream()
                .filter(score -> score.channel() == radio.channel())
                .findFirst()
                .orElse(null);
        boolean moves = now == null || best.channel() != now.channel() && now.score() - best.score() >= policy.gain();
        return new Choice(
                radio.band(),
                radio.channel(),
                moves ? best.channel() : radio.channel(),
                radio.automatic(),
                moves ? Verdict.MOVE : Verdict.STAY,
                scores,
                moves
                        ? ChannelWords.moving(radio, now, best, regulation)
                        : ChannelWords.staying(radio, now, best, policy));
    }

    /** How much of others is heard where the radio is now; for an order among homes. */
    double heardNow(Radio radio, List<Neighbour> neighbours, Regulation regulation) {
        return radio.channel() == 0
                ? 0
                : score(radio, radio.channel(), others(radio, neighbours), regulation)
                        .heard();
    }

    private static List<Neighbour> others(Radio radio, List<Neighbour> neighbours) {
        Set<String> own = new TreeSet<>();
        radio.bssids().forEach(bssid -> own.add(Neighbour.plain(bssid)));
        return neighbours.stream()
                .filter(neighbour -> neighbour.band() == radio.band())
                .filter(neighbour -> neighbour.bssid().isEmpty() || !own.contains(Neighbour.plain(neighbour.bssid())))
                // sums of powers must not depend on the order in which they were heard
                .sorted(IN_ORDER)
                .toList();
    }

    /** Those that are possible and allowed, and keep the width if there are such. */
    private static Set<Integer> candidates(Radio radio, Regulation regulation) {
        Set<Integer> all = new TreeSet<>(regulation.channels().getOrDefault(radio.band(), Set.of()));
        if (!radio.possible().isEmpty()) {
            all.retainAll(radio.possible());
        }
        Set<Integer> wide = new TreeSet<>(all);
        wide.removeIf(channel -> {
            List<Integer> block = radio.band().block(channel, radio.width());
            return radio.width() > 20 && block.size() == 1
                    || !block.stream().allMatch(each -> regulation.allows(radio.band(), each));
        });
        return wide.isEmpty() ? all : wide;
    }

    private Score score(Radio radio, int channel, List<Neighbour> others, Regulation regulation) {
        Span span = radio.band().span(channel, radio.width());
        double power = 0;
        int same = 0;
        int beside = 0;
        int strongest = (int) FLOOR;
        for (Neighbour other : others) {
            double weight = weight(radio.band(), channel, span, other);
            if (weight > 0) {
                power += weight * milliwatts(other.signal());
                strongest = Math.max(strongest, other.signal());
                same += other.channel() == channel ? 1 : 0;
                beside += other.channel() == channel ? 0 : 1;
            }
        }
        double heard = Math.round(10 * 10 * Math.log10(power + milliwatts(FLOOR))) / 10.0;
        List<String> reasons = new ArrayList<>();
        reasons.add(
                same + beside == 0
                        ? "nobody else is heard on it"
                        : String.format(
                                Locale.ROOT,
                                "%s on it and %d beside that reach into it, the strongest at %d dBm",
                                ChannelWords.networks(same),
                                beside,
                                strongest));
        double score = heard;
        if (radio.band().block(channel, radio.width()).stream()
                .anyMatch(each -> regulation.hasRadar(radio.band(), each))) {
            score += policy.radar();
            reasons.add("it has to give way to radar");
        }
        if (radio.band().isOdd(channel)) {
            score += policy.odd();
            reasons.add(
                    radio.band() == Band.GHZ_6
                            ? "devices do not look for networks there first"
                            : "it lies across two of the channels 1, 6 and 11");
        }
        return new Score(channel, Math.round(10 * score) / 10.0, heard, same + beside, reasons);
    }

    private static double weight(Band band, int channel, Span span, Neighbour other) {
        double overlap = span.overlap(band.span(other.channel(), other.width()));
        return other.channel() == channel ? overlap : Math.min(1, overlap * NOISE_COUNTS_MORE);
    }

    private static double milliwatts(double dBm) {
        return Math.pow(10, dBm / 10);
    }
}

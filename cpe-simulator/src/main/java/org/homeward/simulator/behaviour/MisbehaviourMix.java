package org.homeward.simulator.behaviour;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which share of a fleet misbehaves how, such as {@code slow=5%,drops=1%,odd-xml}. Each device draws for each kind by
 * its own seed, so the same seed gives the same devices the same faults, whatever else is in the mix.
 *
 * @param shares between 0 and 1
 */
public record MisbehaviourMix(Map<Misbehaviour, Double> shares) {
    private static final String ALL = "all";
    private static final Pattern PART = Pattern.compile("([a-z-]+)(?:=(\\d{1,3}(?:\\.\\d+)?)(%?))?");

    public MisbehaviourMix {
        shares = Map.copyOf(shares);
    }

    /** Every device behaves. */
    public static MisbehaviourMix none() {
        return new MisbehaviourMix(Map.of());
    }

    /**
     * Reads {@code name=share,name=share}: a share in per cent or from 0 to 1; all devices when it is left out. The name
     * {@code all} stands for every kind; what follows it may make exceptions.
     *
     * @throws IllegalArgumentException when it makes no sense; the message says why
     */
    public static MisbehaviourMix parse(String text) {
        Map<Misbehaviour, Double> shares = new EnumMap<>(Misbehaviour.class);
        for (String part : text.strip().split("\\s*,\\s*", -1)) {
            Matcher matcher = PART.matcher(part);
            if (!matcher.matches()) {
                throw new IllegalArgumentException("not a misbehaviour and its share: " + part);
            }
            double number = matcher.group(2) == null ? 1 : Double.parseDouble(matcher.group(2));
            double share = "%".equals(matcher.group(3)) ? number / 100 : number;
            if (share > 1) {
                throw new IllegalArgumentException("a share over 100%: " + part);
            }
            if (matcher.group(1).equals(ALL)) {
                EnumSet.allOf(Misbehaviour.class).forEach(kind -> shares.put(kind, share));
            } else {
                shares.put(Misbehaviour.named(matcher.group(1)), share);
            }
        }
        return new MisbehaviourMix(shares);
    }

    /** What the device with this seed does wrong. */
    public Set<Misbehaviour> drawnBy(long seed) {
        EnumSet<Misbehaviour> drawn = EnumSet.noneOf(Misbehaviour.class);
        shares.forEach((misbehaviour, share) -> {
            if (new SplittableRandom(seed ^ misbehaviour.text().hashCode()).nextDouble() < share) {
                drawn.add(misbehaviour);
            }
        });
        return drawn.isEmpty() ? Set.of() : drawn;
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return shares.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(e -> e.getKey().text() + "=" + e.getValue())
                .collect(Collectors.joining(","));
    }
}

package org.homeward.provisioning.plan.events;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.homeward.provisioning.plan.Effect;
import org.homeward.provisioning.plan.Experience;
import org.homeward.provisioning.plan.Transport;

/**
 * Which ways work in which network, as far as this instance has seen: what it saw last weighs most, and all of it fades.
 * In memory only: a restart costs some devices one try more. Not for several threads at once.
 */
final class Neighbours implements Experience {

    private static final int MOST = 10_000;
    private static final double WEIGHT_OF_ONE = 0.3;
    private static final double UNKNOWN = 0.5;
    private static final Duration HALF_FADED = Duration.ofHours(6);

    private record Place(String network, Transport transport) {}

    private record Seen(double share, Instant at) {

        /** The older, the nearer to not knowing. */
        double faded(Instant now) {
            double age = Math.max(0, Duration.between(at, now).toMillis());
            return UNKNOWN + (share - UNKNOWN) * Math.pow(0.5, age / HALF_FADED.toMillis());
        }
    }

    private final Map<Place, Seen> seen = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Place, Seen> eldest) {
            return size() > MOST;
        }
    };
    private OptionalInt stun = OptionalInt.empty();

    void learn(Effect.Learned lesson, Instant now) {
        Place place = new Place(network(lesson.address()), lesson.transport());
        double before = share(place, now);
        double shown = lesson.worked() ? 1 : 0;
        seen.put(place, new Seen(before + (shown - before) * WEIGHT_OF_ONE, now));
    }

    void stunAt(int partition) {
        stun = OptionalInt.of(partition);
    }

    @Override
    public int hope(String address, Transport transport, Instant now) {
        return (int) Math.round(10 * share(new Place(network(address), transport), now));
    }

    @Override
    public OptionalInt stunPartition() {
        return stun;
    }

    private double share(Place place, Instant now) {
        Seen last = seen.get(place);
        return last == null ? UNKNOWN : last.faded(now);
    }

    int size() {
        return seen.size();
    }

    /** IPv4 by 24 bits, IPv6 by 48. */
    private static String network(String address) {
        try {
            byte[] bytes = InetAddress.ofLiteral(address).getAddress();
            return Arrays.toString(Arrays.copyOf(bytes, bytes.length == 4 ? 3 : 6));
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}

package org.homeward.provisioning.selfcare;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * So many calls a minute for each owner, in a bucket that fills steadily. Remembers those who called lately; who is
 * forgotten has a full one. Thread-safe.
 */
public final class Allowance {

    private static final int MOST_OWNERS = 100_000;

    private record Bucket(double calls, Instant at) {}

    private final int perMinute;
    private final Map<Owner, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Owner, Bucket> eldest) {
            return size() > MOST_OWNERS;
        }
    };

    public Allowance(int perMinute) {
        this.perMinute = perMinute;
    }

    /** Takes one call. @return after what time there is one, where there is none now */
    public synchronized Optional<Duration> take(Owner owner, Instant now) {
        Bucket bucket = buckets.getOrDefault(owner, new Bucket(perMinute, now));
        double filled = Math.max(0, Duration.between(bucket.at(), now).toMillis()) * perMinute / 60_000.0;
        double calls = Math.min(perMinute, bucket.calls() + filled);
        if (calls < 1) {
            buckets.put(owner, new Bucket(calls, now));
            return Optional.of(Duration.ofSeconds((long) Math.ceil((1 - calls) * 60 / perMinute)));
        }
        buckets.put(owner, new Bucket(calls - 1, now));
        return Optional.empty();
    }
}

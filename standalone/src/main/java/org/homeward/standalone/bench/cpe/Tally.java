package org.homeward.standalone.bench.cpe;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What a run counted. Written by the client's thread; {@link #served()} and {@link #open()} may be read meanwhile. */
public final class Tally {

    private final Samples sessions = new Samples();
    private final Samples requests = new Samples();
    private final Map<String, Integer> failures = new TreeMap<>();
    private final AtomicInteger served = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final long began = System.nanoTime();
    private long rpcs;
    private long ended = began;

    void begun() {
        open.incrementAndGet();
    }

    void requested(long nanos) {
        requests.add(nanos);
    }

    void asked() {
        rpcs++;
    }

    void served(long nanos, long now) {
        open.decrementAndGet();
        served.incrementAndGet();
        sessions.add(nanos);
        ended = now;
    }

    void refused(long now) {
        open.decrementAndGet();
        refused.incrementAndGet();
        ended = now;
    }

    void failed(String kind, long now) {
        open.decrementAndGet();
        failures.merge(kind, 1, Integer::sum);
        ended = now;
    }

    /** Durations of the sessions that ended well, from when they were due. */
    public Samples sessions() {
        return sessions;
    }

    /** Durations of all HTTP requests that were answered. */
    public Samples requests() {
        return requests;
    }

    /** Requests of the ACS that were answered. */
    public long rpcs() {
        return rpcs;
    }

    /** What went wrong, by kind. */
    public Map<String, Integer> failures() {
        return failures;
    }

    public int failed() {
        return failures.values().stream().mapToInt(Integer::intValue).sum();
    }

    public int served() {
        return served.get();
    }

    /** Sessions that were answered 503. */
    public int refused() {
        return refused.get();
    }

    public int open() {
        return open.get();
    }

    /** From the beginning to the end of the last session. */
    public double seconds() {
        return (ended - began) / 1e9;
    }
}

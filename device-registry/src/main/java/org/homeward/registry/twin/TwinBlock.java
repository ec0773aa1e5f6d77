package org.homeward.registry.twin;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.homeward.contracts.device.DeviceEvent.Change;
import org.jspecify.annotations.Nullable;

/**
 * One branch of a device's tree, as it is worked on. A block remembers the changes of its last write by event: when
 * the events of that write come again, because what had to follow the write did not happen, they give the same changes
 * although the block already holds the new values.
 */
public final class TwinBlock {

    /** Milliseconds; more than twice what a gateway takes to give up publishing. */
    private static final long MOST_OVERTAKEN = 5_000;

    private final String branch;
    private final NavigableMap<String, TwinEntry> entries;
    private final Map<String, List<Change>> written;
    private final Map<String, List<Change>> unwritten = new LinkedHashMap<>();
    private long upTo;
    private long asOf;
    private boolean dirty;

    /**
     * A block as it was stored.
     *
     * @param upTo greatest offset of the events it holds
     * @param asOf time of the last of them, in milliseconds of the epoch
     * @param written changes of the last write, by event id
     */
    public TwinBlock(
            String branch, long upTo, long asOf, Collection<TwinEntry> entries, Map<String, List<Change>> written) {
        this.branch = branch;
        this.upTo = upTo;
        this.asOf = asOf;
        this.entries = new TreeMap<>();
        entries.forEach(e -> this.entries.put(e.path(), e));
        this.written = new HashMap<>(written);
    }

    /** A branch of which nothing is known yet. */
    public static TwinBlock empty(String branch) {
        return new TwinBlock(branch, Long.MIN_VALUE, Long.MIN_VALUE, List.of(), Map.of());
    }

    public String branch() {
        return branch;
    }

    public long upTo() {
        return upTo;
    }

    public long asOf() {
        return asOf;
    }

    public Collection<TwinEntry> entries() {
        return entries.values();
    }

    public @Nullable TwinEntry get(String path) {
        return entries.get(path);
    }

    public int size() {
        return entries.size();
    }

    /** Whether it holds something that has to be written. */
    public boolean isDirty() {
        return dirty;
    }

    /** The changes that have to be written with it, by event id: what {@code written} will be. */
    public Map<String, List<Change>> unwritten() {
        return unwritten;
    }

    /** The changes that this event made at the last write; null if it was not part of it. */
    @Nullable
    List<Change> replayed(String eventId) {
        return written.get(eventId);
    }

    /**
     * Whether the block has been told this, or something later. Offsets say so, for clocks are set back. Time says so where
     * offsets began anew, with another broker, and where an event was overtaken: a gateway tries a moment to publish, in
     * which the device may have called elsewhere.
     */
    boolean holds(long offset, long at) {
        return offset <= upTo ? at <= asOf : at < asOf && asOf - at <= MOST_OVERTAKEN;
    }

    /** To be called for an event of which the block will tell. */
    void tell(long offset, long at) {
        upTo = Math.max(upTo, offset);
        asOf = at;
    }

    void put(TwinEntry entry, boolean mustWrite) {
        entries.put(entry.path(), entry);
        dirty |= mustWrite;
    }

    void remove(String path) {
        entries.remove(path);
        dirty = true;
    }

    void record(String eventId, Change change) {
        unwritten.computeIfAbsent(eventId, id -> new ArrayList<>()).add(change);
    }

    void keepOnly(Predicate<String> paths) {
        entries.keySet().removeIf(paths.negate());
    }

    /** Paths below a partial path, as they stand now. */
    List<TwinEntry> below(String prefix) {
        return List.copyOf(entries.subMap(prefix, true, prefix + Character.MAX_VALUE, false)
                .values());
    }

    /** Moves what lies deeper than this branch into blocks of its own. */
    List<TwinBlock> split() {
        Map<String, TwinBlock> parts = new LinkedHashMap<>();
        for (TwinEntry entry : List.copyOf(entries.values())) {
            String deeper = Branches.deeper(entry.path(), branch);
            if (!deeper.equals(branch)) {
                parts.computeIfAbsent(deeper, part -> new TwinBlock(part, upTo, asOf, List.of(), Map.of()))
                        .put(entry, true);
                entries.remove(entry.path());
            }
        }
        unwritten.forEach((event, changes) -> changes.removeIf(change -> {
            TwinBlock part = parts.get(Branches.deeper(change.path(), branch));
            if (part != null) {
                part.record(event, change);
            }
            return part != null;
        }));
        dirty = true;
        return List.copyOf(parts.values());
    }

    /** To be called when the block was written. */
    void saved() {
        written.clear();
        written.putAll(unwritten);
        unwritten.clear();
        dirty = false;
    }
}

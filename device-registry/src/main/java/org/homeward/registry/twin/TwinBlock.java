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

    private final String branch;
    private final NavigableMap<String, TwinEntry> entries;
    private final Map<String, List<Change>> written;
    private final Map<String, List<Change>> unwritten = new LinkedHashMap<>();
    private long asOf;
    private boolean dirty;

    /**
     * A block as it was stored.
     *
     * @param asOf time of the latest event it holds, in milliseconds of the epoch
     * @param written changes of the last write, by event id
     */
    public TwinBlock(String branch, long asOf, Collection<TwinEntry> entries, Map<String, List<Change>> written) {
        this.branch = branch;
        this.asOf = asOf;
        this.entries = new TreeMap<>();
        entries.forEach(e -> this.entries.put(e.path(), e));
        this.written = new HashMap<>(written);
    }

    /** A branch of which nothing is known yet. */
    public static TwinBlock empty(String branch) {
        return new TwinBlock(branch, Long.MIN_VALUE, List.of(), Map.of());
    }

    public String branch() {
        return branch;
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

    /** Whether the event is older than what the block holds. */
    boolean isNewerThan(long at) {
        return asOf > at;
    }

    void put(TwinEntry entry, long at, boolean mustWrite) {
        entries.put(entry.path(), entry);
        touched(at, mustWrite);
    }

    void remove(String path, long at) {
        entries.remove(path);
        touched(at, true);
    }

    private void touched(long at, boolean mustWrite) {
        asOf = Math.max(asOf, at);
        dirty |= mustWrite;
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
                parts.computeIfAbsent(deeper, TwinBlock::empty).put(entry, asOf, true);
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

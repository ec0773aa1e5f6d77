package org.homeward.registry.twin;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.homeward.contracts.device.DeviceEvent.Change;
import org.homeward.contracts.rpc.ParameterInfo;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.SensitivePaths;
import org.homeward.contracts.rpc.ValueType;
import org.homeward.registry.twin.TwinEntry.Access;
import org.jspecify.annotations.Nullable;

/**
 * The twin of one device while a batch of observations is folded into it.
 *
 * <p>First {@link #needs} says which blocks an observation touches; those that {@link #lacks} are handed in with
 * {@link #add}; then {@link #apply} folds the observations in order and gives the changes of each; then {@link #write}
 * says what has to be stored, and {@link #saved} that it was.
 *
 * <p>A block that was told later things is left alone. Applying one again changes nothing and gives the same
 * changes as before, as long as the block was not written since.
 */
public final class DeviceTwin {

    private final NoisyParameters noisy;
    private final int maxBlock;
    private final Map<String, TwinBlock> blocks = new HashMap<>();
    private final Set<String> emptied = new HashSet<>();
    private Set<String> branches;
    private Set<String> splits;
    private @Nullable String discoveredIn;
    private boolean headDirty;

    /** @param maxBlock how many parameters a block may hold before it is split */
    public DeviceTwin(TwinHead head, NoisyParameters noisy, int maxBlock) {
        this.noisy = noisy;
        this.maxBlock = maxBlock;
        branches = new HashSet<>(head.branches());
        splits = new HashSet<>(head.splits());
        discoveredIn = head.discoveredIn();
    }

    /** What has to be stored: blocks first, then the head, then the blocks that others took the place of. */
    public record Write(List<TwinBlock> blocks, @Nullable TwinHead head, List<TwinBlock> shrunk, Set<String> removed) {
        public boolean isEmpty() {
            return blocks.isEmpty() && head == null && shrunk.isEmpty() && removed.isEmpty();
        }
    }

    /** The branches that the observation touches. */
    public Set<String> needs(Finding finding) {
        return switch (finding) {
            case Finding.Informed informed -> branchesOf(informed.values());
            case Finding.Read read -> branchesOf(read.values());
            case Finding.Written written -> branchesOf(written.values());
            case Finding.Named named -> {
                Set<String> needed = named.names().stream()
                        .map(info -> Branches.of(info.path(), splits))
                        .collect(Collectors.toCollection(HashSet::new));
                if (!named.completeBelow().isEmpty()) {
                    needed.addAll(branchesBelow(named.completeBelow()));
                }
                yield needed;
            }
            case Finding.ObjectAdded added -> Set.of(Branches.of(added.path(), splits));
            case Finding.ObjectRemoved removed -> branchesBelow(removed.path());
        };
    }

    private Set<String> branchesOf(Collection<ParameterValue> values) {
        return values.stream().map(value -> Branches.of(value.path(), splits)).collect(Collectors.toSet());
    }

    private Set<String> branchesBelow(String prefix) {
        Set<String> below = Stream.concat(branches.stream(), blocks.keySet().stream())
                .filter(branch -> Branches.overlap(branch, prefix))
                .collect(Collectors.toCollection(HashSet::new));
        below.add(Branches.of(prefix, splits));
        return below;
    }

    /** Whether the block of this branch has still to be handed in. */
    public boolean lacks(String branch) {
        return !blocks.containsKey(branch);
    }

    /** Hands in a stored block, or an empty one where none is stored. */
    public void add(TwinBlock block) {
        if (splits.contains(block.branch())) {
            // it was split, and the crash came before it was shrunk
            block.keepOnly(path -> Branches.of(path, splits).equals(block.branch()));
        }
        blocks.put(block.branch(), block);
        if (block.size() > 0) {
            listed(block.branch());
        }
    }

    /** How many parameters it holds in memory. */
    public int weight() {
        return 1 + blocks.values().stream().mapToInt(TwinBlock::size).sum();
    }

    /** Folds one observation. @return its changes worth telling; empty for most */
    public List<Change> apply(Observation observation) {
        var step = new Step(observation);
        switch (observation.finding()) {
            case Finding.Informed informed -> informed.values().forEach(step::informed);
            case Finding.Read read -> read.values().forEach(step::read);
            case Finding.Written written -> written.values().forEach(step::written);
            case Finding.Named named -> {
                named.names().forEach(step::named);
                if (!named.completeBelow().isEmpty()) {
                    step.sweep(
                            named.completeBelow(),
                            named.names().stream().map(ParameterInfo::path).collect(Collectors.toSet()));
                }
            }
            case Finding.ObjectAdded added -> step.named(new ParameterInfo(added.path(), true));
            case Finding.ObjectRemoved removed -> step.sweep(removed.path(), Set.of());
        }
        return step.changes();
    }

    /** What has to be stored now. Blocks that grew too large are split here. */
    public Write write() {
        List<TwinBlock> shrunk = new ArrayList<>();
        List<TwinBlock> out = new ArrayList<>();
        Deque<TwinBlock> open =
                blocks.values().stream().filter(TwinBlock::isDirty).collect(Collectors.toCollection(ArrayDeque::new));
        while (!open.isEmpty()) {
            TwinBlock block = open.pop();
            if (block.size() > maxBlock && !splits.contains(block.branch())) {
                List<TwinBlock> parts = block.split();
                splits.add(block.branch());
                headDirty = true;
                parts.forEach(part -> {
                    blocks.put(part.branch(), part);
                    open.push(part);
                });
                shrunk.add(block);
            } else if (block.size() == 0) {
                emptied.add(block.branch());
                headDirty |= branches.remove(block.branch());
            } else {
                listed(block.branch());
                emptied.remove(block.branch());
                out.add(block);
            }
        }
        shrunk.removeIf(block -> {
            if (block.size() == 0) {
                emptied.add(block.branch());
                branches.remove(block.branch());
            } else {
                listed(block.branch());
            }
            return block.size() == 0;
        });
        return new Write(
                out, headDirty ? new TwinHead(branches, splits, discoveredIn) : null, shrunk, Set.copyOf(emptied));
    }

    /** To be called when what {@link #write} gave was stored. */
    public void saved() {
        blocks.values().stream().filter(TwinBlock::isDirty).forEach(TwinBlock::saved);
        emptied.clear();
        headDirty = false;
    }

    private void listed(String branch) {
        headDirty |= branches.add(branch);
    }

    /** One observation at work. */
    private final class Step {

        private final Observation observation;
        private final long at;
        private final boolean additionsAreChanges;
        private final Map<String, Boolean> open = new HashMap<>();
        private final Map<String, Change> changes = new LinkedHashMap<>();

        Step(Observation observation) {
            this.observation = observation;
            at = observation.at().toEpochMilli();
            additionsAreChanges = discoveredIn != null
                    && !discoveredIn.equals(observation.session().value());
        }

        List<Change> changes() {
            return List.copyOf(changes.values());
        }

        /** The block of a path if the observation has something to say to it; null if that was told later things. */
        private @Nullable TwinBlock blockFor(String path) {
            TwinBlock block = blocks.get(Branches.of(path, splits));
            if (block == null) {
                throw new IllegalStateException("block of " + path + " was not handed in");
            }
            return isOpen(block) ? block : null;
        }

        private boolean isOpen(TwinBlock block) {
            return open.computeIfAbsent(block.branch(), branch -> {
                List<Change> before = block.replayed(observation.eventId());
                if (before != null) {
                    before.forEach(change -> changes.put(change.path(), change));
                    return false;
                }
                if (block.holds(observation.offset(), at)) {
                    return false;
                }
                block.tell(observation.offset(), at);
                return true;
            });
        }

        void informed(ParameterValue value) {
            TwinBlock block = blockFor(value.path());
            if (block != null) {
                // a counter that comes with every Inform is written when something else is
                value(block, value, !noisy.isNoisy(value.path()), false, false);
            }
        }

        void read(ParameterValue value) {
            TwinBlock block = blockFor(value.path());
            if (block != null) {
                value(block, value, true, true, false);
            }
        }

        void written(ParameterValue value) {
            TwinBlock block = blockFor(value.path());
            if (block != null) {
                value(block, value, true, true, true);
            }
        }

        private void value(
                TwinBlock block, ParameterValue said, boolean changeCounts, boolean seenCounts, boolean secretChanges) {
            String path = said.path();
            TwinEntry old = block.get(path);
            boolean secret = said.sealed() || SensitivePaths.isSensitive(path);
            String value = secret ? null : said.value();
            ValueType type = said.type() == ValueType.UNKNOWN && old != null ? old.type() : said.type();
            Access access = old == null ? Access.UNKNOWN : old.access();
            var entry = new TwinEntry(path, value, type, access, secret, false, at);
            if (old == null) {
                block.put(entry, true);
                if (additionsAreChanges) {
                    changed(block, path, null, value);
                }
            } else if (secret) {
                block.put(entry, seenCounts || !old.secret());
                if (secretChanges) {
                    changed(block, path, null, null);
                }
            } else if (old.value() == null || !said.meansTheSameAs(new ParameterValue(path, old.value(), type))) {
                block.put(entry, changeCounts || old.value() == null);
                if (old.value() != null || old.late()) {
                    changed(block, path, old.value(), value);
                }
            } else {
                block.put(entry, seenCounts || type != old.type());
            }
        }

        void named(ParameterInfo info) {
            TwinBlock block = blockFor(info.path());
            if (block == null) {
                return;
            }
            Access access = Access.of(info.writable());
            TwinEntry old = block.get(info.path());
            if (old == null) {
                boolean secret = SensitivePaths.isSensitive(info.path());
                boolean late = additionsAreChanges && !info.path().endsWith(".");
                block.put(new TwinEntry(info.path(), null, ValueType.UNKNOWN, access, secret, late, at), true);
            } else if (old.access() != access) {
                block.put(old.withAccess(access), true);
            }
        }

        void sweep(String prefix, Set<String> remaining) {
            for (String branch : branchesBelow(prefix)) {
                TwinBlock block = blocks.get(branch);
                if (block == null || !isOpen(block)) {
                    continue;
                }
                for (TwinEntry entry : block.below(prefix)) {
                    if (!remaining.contains(entry.path())) {
                        block.remove(entry.path());
                        if (!entry.isObject() && (entry.value() != null || entry.secret())) {
                            changed(block, entry.path(), entry.value(), null);
                        }
                    }
                }
            }
            if (discoveredIn == null && prefix.indexOf('.') == prefix.length() - 1) {
                discoveredIn = observation.session().value();
                headDirty = true;
            }
        }

        private void changed(TwinBlock block, String path, @Nullable String before, @Nullable String after) {
            if (noisy.isNoisy(path)) {
                return;
            }
            Change earlier = changes.get(path);
            var change = ChangeText.bounded(path, earlier == null ? before : earlier.before(), after);
            changes.put(path, change);
            block.record(observation.eventId(), change);
        }
    }
}

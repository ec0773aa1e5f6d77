package org.homeward.registry.twin;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.homeward.contracts.DeviceKey;
import org.jspecify.annotations.Nullable;

/** Reads parameters from stored twins. */
public final class TwinReader {

    private final TwinStore store;

    public TwinReader(TwinStore store) {
        this.store = store;
    }

    /**
     * What a device reported, in the order of paths.
     *
     * @param path a partial path, which ends in a dot, or a parameter; empty for all
     * @param after the path to go on after; null to begin
     * @param objects whether objects are wanted as well
     */
    public List<TwinEntry> entries(DeviceKey device, String path, @Nullable String after, boolean objects, int limit) {
        TwinHead head = store.heads(List.of(device)).getOrDefault(device, TwinHead.NONE);
        boolean partial = path.isEmpty() || path.endsWith(".");
        Set<BlockId> ids = (partial
                        ? head.branches().stream().filter(branch -> Branches.overlap(branch, path))
                        : List.of(Branches.of(path, head.splits())).stream())
                .map(branch -> new BlockId(device, branch))
                .collect(Collectors.toSet());
        if (ids.isEmpty()) {
            return List.of();
        }
        List<TwinEntry> found = new ArrayList<>();
        for (Map.Entry<BlockId, TwinBlock> stored : store.blocks(ids).entrySet()) {
            String branch = stored.getKey().branch();
            for (TwinEntry entry : stored.getValue().entries()) {
                boolean wanted =
                        partial ? entry.path().startsWith(path) : entry.path().equals(path);
                if (wanted
                        && (objects || !entry.isObject())
                        && (after == null || entry.path().compareTo(after) > 0)
                        && Branches.of(entry.path(), head.splits()).equals(branch)) {
                    found.add(entry);
                }
            }
        }
        found.sort(Comparator.comparing(TwinEntry::path));
        return found.size() <= limit ? found : found.subList(0, limit);
    }

    /**
     * What devices reported of some parameters; two questions for all. Secrets are left out.
     *
     * @param paths of parameters; or partial paths, which end in a dot, for all parameters below
     */
    public Map<DeviceKey, List<TwinEntry>> values(Collection<DeviceKey> devices, Set<String> paths) {
        Map<DeviceKey, TwinHead> heads = store.heads(devices);
        Set<BlockId> ids = new HashSet<>();
        List<String> partial = paths.stream().filter(path -> path.endsWith(".")).toList();
        heads.forEach((device, head) -> {
            paths.stream()
                    .filter(path -> !path.endsWith("."))
                    .map(path -> Branches.of(path, head.splits()))
                    .filter(head.branches()::contains)
                    .forEach(branch -> ids.add(new BlockId(device, branch)));
            head.branches().stream()
                    .filter(branch -> partial.stream().anyMatch(path -> Branches.overlap(branch, path)))
                    .forEach(branch -> ids.add(new BlockId(device, branch)));
        });
        Map<DeviceKey, List<TwinEntry>> found = new HashMap<>();
        store.blocks(ids).forEach((id, block) -> {
            TwinHead head = heads.getOrDefault(id.device(), TwinHead.NONE);
            for (TwinEntry entry : block.entries()) {
                if ((paths.contains(entry.path())
                                || partial.stream()
                                        .anyMatch(path -> entry.path().startsWith(path)))
                        && entry.value() != null
                        && Branches.of(entry.path(), head.splits()).equals(id.branch())) {
                    found.computeIfAbsent(id.device(), device -> new ArrayList<>())
                            .add(entry);
                }
            }
        });
        return found;
    }
}

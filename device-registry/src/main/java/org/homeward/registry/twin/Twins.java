package org.homeward.registry.twin;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.homeward.contracts.DeviceKey;
import org.homeward.registry.twin.history.Changed;

/**
 * Keeps the twins of the devices whose events come here. Those worked on lately stay in memory, so that a session costs
 * a read of each block once; whoever loses the devices to another instance calls {@link #forgetAll}. For one thread.
 */
public final class Twins {

    private final TwinStore store;
    private final NoisyParameters noisy;
    private final int maxBlock;
    private final int maxRemembered;
    private final LinkedHashMap<DeviceKey, DeviceTwin> remembered = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * @param maxBlock parameters that a block may hold before it is split
     * @param maxRemembered parameters to keep in memory, of all devices together
     */
    public Twins(TwinStore store, NoisyParameters noisy, int maxBlock, int maxRemembered) {
        this.store = store;
        this.noisy = noisy;
        this.maxBlock = maxBlock;
        this.maxRemembered = maxRemembered;
    }

    /**
     * Folds observations into the twins and stores what became of them: at most two questions and three bulk writes for
     * all. May be repeated with the same observations, and then gives the same.
     *
     * @return what changed, in order for each device
     */
    public List<Changed> observe(Map<DeviceKey, List<Observation>> observations) {
        if (observations.isEmpty()) {
            return List.of();
        }
        try {
            load(observations);
            List<Changed> changed = new ArrayList<>();
            Map<DeviceKey, DeviceTwin.Write> writes = new HashMap<>();
            observations.forEach((device, all) -> {
                DeviceTwin twin = twin(device);
                for (Observation observation : all) {
                    var changes = twin.apply(observation);
                    if (!changes.isEmpty()) {
                        changed.add(new Changed(
                                device, observation.eventId(), observation.at(), observation.session(), changes));
                    }
                }
                DeviceTwin.Write write = twin.write();
                if (!write.isEmpty()) {
                    writes.put(device, write);
                }
            });
            if (!writes.isEmpty()) {
                store.save(writes).forEach(remembered::remove);
                writes.keySet().forEach(device -> {
                    DeviceTwin twin = remembered.get(device);
                    if (twin != null) {
                        twin.saved();
                    }
                });
            }
            shrink();
            return changed;
        } catch (RuntimeException e) {
            // what is in memory may be ahead of what is stored
            forget(observations.keySet());
            throw e;
        }
    }

    private DeviceTwin twin(DeviceKey device) {
        DeviceTwin twin = remembered.get(device);
        if (twin == null) {
            throw new IllegalStateException("twin of " + device + " was not loaded");
        }
        return twin;
    }

    private void load(Map<DeviceKey, List<Observation>> observations) {
        List<DeviceKey> unknown = observations.keySet().stream()
                .filter(device -> !remembered.containsKey(device))
                .toList();
        if (!unknown.isEmpty()) {
            Map<DeviceKey, TwinHead> heads = store.heads(unknown);
            unknown.forEach(device ->
                    remembered.put(device, new DeviceTwin(heads.getOrDefault(device, TwinHead.NONE), noisy, maxBlock)));
        }
        Set<BlockId> missing = new HashSet<>();
        observations.forEach((device, all) -> {
            DeviceTwin twin = twin(device);
            all.forEach(observation -> twin.needs(observation.finding()).stream()
                    .filter(twin::lacks)
                    .forEach(branch -> missing.add(new BlockId(device, branch))));
        });
        if (!missing.isEmpty()) {
            Map<BlockId, TwinBlock> blocks = store.blocks(missing);
            missing.forEach(id -> {
                TwinBlock block = blocks.get(id);
                twin(id.device()).add(block == null ? TwinBlock.empty(id.branch()) : block);
            });
        }
    }

    private void shrink() {
        int weight = remembered.values().stream().mapToInt(DeviceTwin::weight).sum();
        var eldest = remembered.values().iterator();
        while (weight > maxRemembered && eldest.hasNext()) {
            weight -= eldest.next().weight();
            eldest.remove();
        }
    }

    /** Forgets what is stored of devices that are new, or new again. */
    public void begin(Collection<DeviceKey> devices) {
        if (!devices.isEmpty()) {
            forget(devices);
            store.delete(devices);
        }
    }

    /** Forgets what is in memory of these devices. */
    public void forget(Collection<DeviceKey> devices) {
        devices.forEach(remembered::remove);
    }

    /** Forgets all that is in memory. */
    public void forgetAll() {
        remembered.clear();
    }
}

package org.homeward.provisioning.plan.events;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.homeward.contracts.DeviceKey;
import org.homeward.provisioning.plan.DeviceLedger;
import org.homeward.provisioning.plan.store.StoredLedger;
import org.jspecify.annotations.Nullable;

/** Ledgers of the partitions that this instance owns, those used lately. Not for several threads at once. */
final class LedgerCache {

    /**
     * A ledger as it stands, and as its row holds it. The two differ in what is not worth a write.
     *
     * @param stored what is written; its version is 0 where nothing is yet
     */
    record Kept(DeviceLedger ledger, StoredLedger stored) {

        static Kept of(StoredLedger stored) {
            return new Kept(stored.ledger(), stored);
        }
    }

    private final Map<DeviceKey, Kept> entries;

    LedgerCache(int most) {
        this.entries = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<DeviceKey, Kept> eldest) {
                return size() > most;
            }
        };
    }

    @Nullable
    Kept get(DeviceKey device) {
        return entries.get(device);
    }

    void put(DeviceKey device, Kept entry) {
        entries.put(device, entry);
    }

    void remove(DeviceKey device) {
        entries.remove(device);
    }

    void removePartitions(Set<Integer> partitions) {
        entries.values().removeIf(entry -> partitions.contains(entry.stored().partition()));
    }

    void clear() {
        entries.clear();
    }

    int size() {
        return entries.size();
    }
}

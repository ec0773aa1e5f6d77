package org.homeward.registry.twin;

import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.SensitivePaths;
import org.homeward.contracts.session.SessionEvent.InformReceived;

/**
 * A 64-bit print of what an Inform says about its device, counters left out. Two Informs in a row with the same print
 * tell nothing new, and so cost neither a read nor a write of the twin or the inventory.
 */
public final class InformFingerprint {

    private static final long PRIME = 0x100000001b3L;

    private long hash = 0xcbf29ce484222325L;

    private InformFingerprint() {}

    public static long of(InformReceived inform, NoisyParameters noisy) {
        var print = new InformFingerprint();
        print.add(inform.device().manufacturer());
        print.add(inform.remoteAddress());
        print.add(inform.authentication().credential().ordinal());
        for (ParameterValue value : inform.parameters()) {
            print.add(value.path());
            // sealed values differ each time they are sealed
            if (!value.sealed() && !noisy.isNoisy(value.path()) && !SensitivePaths.isSensitive(value.path())) {
                print.add(value.value());
                print.add(value.type().ordinal());
            }
        }
        return print.hash;
    }

    private void add(String text) {
        for (int i = 0; i < text.length(); i++) {
            add(text.charAt(i));
        }
        add(-1);
    }

    private void add(int c) {
        hash = (hash ^ c) * PRIME;
        hash ^= hash >>> 29;
    }
}

package org.homeward.registry.twin;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The list of a device's blocks.
 *
 * @param branches all that have a block
 * @param splits branches that were split; their parts are among {@code branches}
 * @param discoveredIn the session in which the device first told all its names; null before that. Until then, and in
 *     that session, a parameter that was not known is no change
 */
public record TwinHead(
        Set<String> branches, Set<String> splits, @Nullable String discoveredIn) {

    /** Of a device of which nothing is known. */
    public static final TwinHead NONE = new TwinHead(Set.of(), Set.of(), null);

    public TwinHead {
        branches = Set.copyOf(branches);
        splits = Set.copyOf(splits);
    }
}

package org.homeward.registry.twin;

import java.util.Set;

/**
 * Which block holds a path. A block holds a branch of the tree: the whole tree at first. A branch that grew too large was
 * split: its parameters live one level deeper ({@code Device.WiFi.}, then {@code Device.WiFi.SSID.}), only those directly
 * in it remain.
 */
final class Branches {

    private Branches() {}

    /** The branch of a path, given the branches of this device that were split. */
    static String of(String path, Set<String> splits) {
        int root = path.indexOf('.') + 1;
        if (root == 0) {
            return "";
        }
        String branch = path.substring(0, root);
        while (splits.contains(branch)) {
            String next = deeper(path, branch);
            if (next.equals(branch)) {
                return branch;
            }
            branch = next;
        }
        return branch;
    }

    /** The next level of {@code branch} towards {@code path}; the branch itself where the path has no deeper one. */
    static String deeper(String path, String branch) {
        int dot = path.indexOf('.', branch.length());
        return dot < 0 ? branch : path.substring(0, dot + 1);
    }

    /** Whether parameters below {@code prefix} may be held by {@code branch}. */
    static boolean overlap(String branch, String prefix) {
        return branch.startsWith(prefix) || prefix.startsWith(branch);
    }
}

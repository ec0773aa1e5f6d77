package org.homeward.provisioning.reconcile;

import java.util.Map;
import java.util.Set;

/** What one step of a plan is for, so that its answer, or the lack of one, is understood. */
public sealed interface Leg {

    /** @param found instances seen so far, by table */
    record Read(Set<String> paths, Map<String, Set<Integer>> found) implements Leg {
        public Read {
            paths = Set.copyOf(paths);
            found = Map.copyOf(found);
        }
    }

    record ReadAttributes(Set<String> keys) implements Leg {
        public ReadAttributes {
            keys = Set.copyOf(keys);
        }
    }

    /**
     * @param wants what each path is to be; fingerprints of secrets
     * @param later whether the device said that it takes effect later
     */
    record Write(Map<String, String> wants, boolean later) implements Leg {
        public Write {
            wants = Map.copyOf(wants);
        }
    }

    /** @param wants by path and aspect */
    record WriteAttributes(Map<String, String> wants) implements Leg {
        public WriteAttributes {
            wants = Map.copyOf(wants);
        }
    }

    record Add(String table, String row) implements Leg {}

    record Delete(String table, int instance) implements Leg {}

    record Reboot() implements Leg {}

    /** Whether doing it twice would show. */
    default boolean unrepeatable() {
        return this instanceof Add || this instanceof Delete || this instanceof Reboot;
    }
}

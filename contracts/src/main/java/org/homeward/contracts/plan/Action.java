package org.homeward.contracts.plan;

import java.util.List;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.Rpc;

/** What a step does: one RPC, or something to achieve that the gateway splits into RPCs as the CPE allows. */
public sealed interface Action {

    /** One RPC as it stands. */
    record Call(Rpc rpc) implements Action {}

    /**
     * Read names and values below the paths (partial paths, or full parameter names). Names by one GetParameterNames
     * for each partial path, by branches where the CPE faults on that; values in chunks that shrink on 9002 and 9004;
     * a chunk with 9005 is bisected. Ends with {@code TreeRead}, or with the fault that made it stop.
     */
    record ReadTree(List<String> paths) implements Action {
        public ReadTree {
            paths = List.copyOf(paths);
        }
    }

    /**
     * Write values and read them back. Where a type is {@code UNKNOWN} it is read from the CPE first. Ends with the
     * SetParameterValues' fault, or with the values read back (an {@code Applied} where the CPE won't let them be
     * read).
     */
    record WriteValues(List<ParameterValue> values, String parameterKey) implements Action {
        public WriteValues {
            values = List.copyOf(values);
        }
    }

    /**
     * Add an object and set values in it. Ends with {@code ObjectAdded}, or with the fault; the fault of the values
     * comes after an {@code ObjectAdded} that does not end the step.
     *
     * @param values paths relative to the new instance
     */
    record CreateObject(String object, List<ParameterValue> values, String parameterKey) implements Action {
        public CreateObject {
            values = List.copyOf(values);
        }
    }
}

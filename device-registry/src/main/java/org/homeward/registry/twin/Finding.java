package org.homeward.registry.twin;

import java.util.List;
import java.util.function.Function;
import org.homeward.contracts.rpc.ParameterInfo;
import org.homeward.contracts.rpc.ParameterValue;

/**
 * Something that a session told about the device's parameters. Values and names whose path no data model could hold are
 * left out: empty, longer than 256 characters (TR-069 A.3.2.1), or with a NUL in it.
 */
public sealed interface Finding {

    /** Characters of a path. */
    int MAX_PATH = 256;

    /** Values that came with an Inform. */
    record Informed(List<ParameterValue> values) implements Finding {
        public Informed {
            values = kept(values, ParameterValue::path);
        }
    }

    /** Values that the ACS read. */
    record Read(List<ParameterValue> values) implements Finding {
        public Read {
            values = kept(values, ParameterValue::path);
        }
    }

    /** Values that the ACS wrote and the CPE applied. */
    record Written(List<ParameterValue> values) implements Finding {
        public Written {
            values = kept(values, ParameterValue::path);
        }
    }

    /**
     * Names of parameters and objects.
     *
     * @param completeBelow partial path of which these are all names there are; empty where that is not known
     */
    record Named(List<ParameterInfo> names, String completeBelow) implements Finding {
        public Named {
            names = kept(names, ParameterInfo::path);
        }
    }

    /** @param path of the new instance, ending in a dot */
    record ObjectAdded(String path) implements Finding {}

    /** @param path of the instance that is gone, ending in a dot */
    record ObjectRemoved(String path) implements Finding {}

    private static <T> List<T> kept(List<T> said, Function<T, String> path) {
        return said.stream().filter(each -> isPath(path.apply(each))).toList();
    }

    private static boolean isPath(String path) {
        return !path.isEmpty() && path.length() <= MAX_PATH && path.indexOf('\0') < 0;
    }
}

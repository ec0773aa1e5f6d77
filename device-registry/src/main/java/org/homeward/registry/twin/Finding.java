package org.homeward.registry.twin;

import java.util.List;
import org.homeward.contracts.rpc.ParameterInfo;
import org.homeward.contracts.rpc.ParameterValue;

/** Something that a session told about the device's parameters. */
public sealed interface Finding {

    /** Values that came with an Inform. */
    record Informed(List<ParameterValue> values) implements Finding {}

    /** Values that the ACS read. */
    record Read(List<ParameterValue> values) implements Finding {}

    /** Values that the ACS wrote and the CPE applied. */
    record Written(List<ParameterValue> values) implements Finding {}

    /**
     * Names of parameters and objects.
     *
     * @param completeBelow partial path of which these are all names there are; empty where that is not known
     */
    record Named(List<ParameterInfo> names, String completeBelow) implements Finding {}

    /** @param path of the new instance, ending in a dot */
    record ObjectAdded(String path) implements Finding {}

    /** @param path of the instance that is gone, ending in a dot */
    record ObjectRemoved(String path) implements Finding {}
}

package org.homeward.contracts.rpc;

import java.util.List;

/**
 * Attributes of a parameter.
 *
 * @param notification 0 off, 1 passive, 2 active, 3 to 6 with lightweight notification
 */
public record ParameterAttributes(String path, int notification, List<String> accessList) {
    public ParameterAttributes {
        accessList = List.copyOf(accessList);
    }
}

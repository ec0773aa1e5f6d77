package org.homeward.contracts.rpc;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change of attributes (TR-069 A.3.2.4).
 *
 * @param path parameter, or partial path for all below it
 * @param notification 0 to 6; null leaves it
 * @param accessList null leaves it; empty lets only the ACS write
 */
public record AttributeChange(
        String path,
        @Nullable Integer notification,
        @Nullable List<String> accessList) {
    public AttributeChange {
        accessList = accessList == null ? null : List.copyOf(accessList);
    }
}

package org.homeward.gateway.soap;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands around a message (TR-069 3.5).
 *
 * @param namespace CWMP namespace of the message; {@link CwmpNamespace#V1_0} where none could be read
 * @param id header {@code ID} exactly as sent, to be echoed; null when the CPE sent none
 * @param sessionTimeout header {@code SessionTimeout} in seconds; null when absent
 * @param supportedVersions header {@code SupportedCWMPVersions}, such as {@code 1.4}; empty when absent
 */
public record EnvelopeFacts(
        String namespace, @Nullable String id, @Nullable Integer sessionTimeout, List<String> supportedVersions) {

    public EnvelopeFacts {
        supportedVersions = List.copyOf(supportedVersions);
    }

    /** The facts of an envelope of which nothing could be read. */
    public static EnvelopeFacts unknown() {
        return new EnvelopeFacts(CwmpNamespace.V1_0, null, null, List.of());
    }

    EnvelopeFacts in(String other) {
        return new EnvelopeFacts(other, id, sessionTimeout, supportedVersions);
    }
}

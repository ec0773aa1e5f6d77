package org.homeward.stunconnector.binding;

import java.net.InetSocketAddress;
import java.time.Duration;

/** What is known of how a device can be reached by UDP. */
public sealed interface Whereabouts {

    /** @param silent since its last keep-alive */
    record Bound(InetSocketAddress address, Duration silent) implements Whereabouts {}

    /** Keep-alives stay away. @param ago since the binding counts as closed */
    record Lapsed(InetSocketAddress address, Duration ago) implements Whereabouts {}

    /** The device was never heard of, or not for long. */
    record Unheard() implements Whereabouts {}
}

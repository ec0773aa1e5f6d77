package org.homeward.stunconnector.binding;

import java.time.Duration;

/**
 * How long bindings are believed in.
 *
 * @param lifetime without a keep-alive; after that the NAT has closed the binding
 * @param memory without a keep-alive; after that nothing is known of the device any more
 * @param refresh how often a living binding is told of although nothing changed
 */
public record BindingTimes(Duration lifetime, Duration memory, Duration refresh) {}

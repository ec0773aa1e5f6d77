/**
 * Plays plans: turns the steps that the brain wants into one RPC after the other, given what the CPE answered to the
 * last. Pure; no clock, no wire, no Kafka. Below it, {@code inbox} is where plans come in.
 */
@NullMarked
package org.homeward.gateway.plan;

import org.jspecify.annotations.NullMarked;

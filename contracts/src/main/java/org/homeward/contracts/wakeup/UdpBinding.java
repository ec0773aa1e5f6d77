package org.homeward.contracts.wakeup;

import java.time.Instant;
import org.homeward.contracts.Message;

/**
 * Where a device can be reached by UDP, and through which connector; the latest is kept on {@code wakeup.bindings}, a
 * tombstone says that the device was not heard of for long. Published when something of it changes and rarely besides,
 * not at every keep-alive.
 *
 * @param address of the device's NAT, {@code 192.0.2.7:34567} or {@code [2001:db8::7]:34567}
 * @param partition of {@code wakeup.requests.stun} on which the connector that holds the binding takes requests
 * @param connector which one that is
 * @param since when the device was first heard of at this address
 * @param lastHeard when a keep-alive last came, as far as this record knows: a live binding is heard of between records
 * @param lapsed whether keep-alives stayed away for so long that the NAT has forgotten the device
 */
public record UdpBinding(
        String address, int partition, String connector, Instant since, Instant lastHeard, boolean lapsed)
        implements Message {}

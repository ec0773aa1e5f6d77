package org.homeward.contracts.wakeup;

import java.time.Instant;
import org.homeward.contracts.Message;
import org.homeward.contracts.WakeUpId;

/**
 * Connection requests by UDP (TR-069 Annex G); on {@code wakeup.requests.stun}, to the partition that the device's
 * {@link UdpBinding} names, because only the connector that the device keeps its binding open to gets through its NAT.
 */
public sealed interface UdpWakeUp extends Message {

    WakeUpId request();

    /**
     * Send the device a signed datagram, and again until the deadline or {@link StopUdpConnectionRequest}. All of them
     * are the same to the CPE, which takes the first. Its one {@link WakeUpResult} says that it was sent: whether it
     * arrived, only a session shows.
     *
     * @param username the CPE's ConnectionRequestUsername
     * @param sealedPassword its ConnectionRequestPassword, encrypted; only the connector opens it
     * @param reportedAddress the CPE's UDPConnectionRequestAddress ({@code host:port}) or empty; used when the connector
     *     knows of no binding. Hostile input
     * @param lastAddress the address that the CPE last called from, without port; what is reported has to be there
     * @param deadline after which nobody waits for it any more
     */
    record DeliverUdpConnectionRequest(
            WakeUpId request,
            String username,
            String sealedPassword,
            String reportedAddress,
            String lastAddress,
            Instant deadline)
            implements UdpWakeUp {}

    /** The device has called, or nobody waits any more: no further copies. Saves datagrams, is needed for nothing else. */
    record StopUdpConnectionRequest(WakeUpId request) implements UdpWakeUp {}
}

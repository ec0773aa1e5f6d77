package org.homeward.contracts.wakeup;

import java.time.Instant;
import org.homeward.contracts.Message;
import org.homeward.contracts.WakeUpId;

/**
 * Deliver a connection request over HTTP (TR-069 3.2.2).
 *
 * @param url the CPE's ConnectionRequestURL; hostile input
 * @param sealedPassword encrypted; only the connector opens it
 * @param lastAddress the address that the CPE last called from, without port
 * @param deadline after which nobody waits for it any more
 */
public record DeliverConnectionRequest(
        WakeUpId request, String url, String username, String sealedPassword, String lastAddress, Instant deadline)
        implements Message {}

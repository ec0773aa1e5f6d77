package org.homeward.contracts.wakeup;

import java.time.Instant;
import org.homeward.contracts.Message;
import org.homeward.contracts.WakeUpId;

/** What the XMPP connector is asked to do for a device (TR-069 Annex K); on {@code wakeup.requests.xmpp}, by device. */
public sealed interface XmppWakeUp extends Message {

    /**
     * Send the device a connection request as an IQ. Its {@link WakeUpResult} says how the device answered.
     *
     * @param jabberId the CPE's ConnReqJabberID, or the bare JID of its account while it has told none; hostile input
     * @param username the CPE's ConnectionRequestUsername
     * @param sealedPassword its ConnectionRequestPassword, encrypted; only the connector opens it
     * @param deadline after which nobody waits for it any more
     */
    record DeliverXmppConnectionRequest(
            WakeUpId request, String jabberId, String username, String sealedPassword, Instant deadline)
            implements XmppWakeUp {}

    /**
     * See to it that the device has an account at the XMPP server: there it is made, or given this password. Asked again
     * as often as one likes.
     *
     * @param localpart of the account's JID, before the domain that the connector serves
     * @param sealedPassword encrypted; only the connector opens it
     */
    record OpenXmppAccount(String localpart, String sealedPassword) implements XmppWakeUp {}
}

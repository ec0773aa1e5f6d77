package org.homeward.contracts.wakeup;

import java.time.Instant;
import org.homeward.contracts.Message;

/**
 * Whether a device is signed in at the XMPP server, as far as the server tells; the latest is kept on
 * {@code wakeup.presences}. A device without one may be signed in all the same: not every server tells.
 *
 * @param jabberId the full JID that it is signed in with, or was
 * @param since when that was first seen
 */
public record XmppPresence(String jabberId, boolean online, Instant since) implements Message {}

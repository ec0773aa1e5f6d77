/**
 * Accounts that devices sign in with: made at the XMPP server, or given their password, by its service administration
 * (XEP-0133), as any server that speaks it wants it.
 */
@NullMarked
package org.homeward.xmppconnector.account;

import org.jspecify.annotations.NullMarked;

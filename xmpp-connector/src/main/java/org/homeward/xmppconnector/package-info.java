/**
 * Delivers connection requests over XMPP to CPEs that keep a stream to an XMPP server (TR-069 Annex K). It is a client
 * of that server like they are, asks each of them by an IQ, opens the accounts that they sign in with, and tells who is
 * signed in where the server says.
 */
@NullMarked
package org.homeward.xmppconnector;

import org.jspecify.annotations.NullMarked;

/** An XMPP server that is not ours, for tests. */
@NullMarked
package org.homeward.xmppconnector.server;

import org.jspecify.annotations.NullMarked;

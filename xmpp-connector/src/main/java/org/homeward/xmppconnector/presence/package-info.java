/** Who is signed in, as far as the XMPP server tells. */
@NullMarked
package org.homeward.xmppconnector.presence;

import org.jspecify.annotations.NullMarked;

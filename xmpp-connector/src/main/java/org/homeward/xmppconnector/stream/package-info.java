/**
 * The stream to the XMPP server: signed in over verified TLS, opened again when it breaks, and the questions that are
 * under way on it. The only room that knows how Smack connects.
 */
@NullMarked
package org.homeward.xmppconnector.stream;

import org.jspecify.annotations.NullMarked;

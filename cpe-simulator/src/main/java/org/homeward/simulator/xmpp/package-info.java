/**
 * The XMPP client of a CPE: signs in over TLS, keeps its stream, and takes connection requests (TR-069 Annex K). Our own
 * and small, so that the server's client is not tested against itself and many fit into a process.
 */
@NullMarked
package org.homeward.simulator.xmpp;

import org.jspecify.annotations.NullMarked;

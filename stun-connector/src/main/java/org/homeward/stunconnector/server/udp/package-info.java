/** The sockets of the STUN server, on Netty. */
@NullMarked
package org.homeward.stunconnector.server.udp;

import org.jspecify.annotations.NullMarked;

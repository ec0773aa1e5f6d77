/**
 * What the STUN server answers, and whom it believes: a decision for each datagram, without a socket. The sockets are in
 * {@code udp}.
 */
@NullMarked
package org.homeward.stunconnector.server;

import org.jspecify.annotations.NullMarked;

/**
 * Delivering a connection request by UDP: signed once, sent in several copies to where the device's NAT listens, and
 * told of truly. Nobody answers such a datagram, so nothing is waited for and no thread is held.
 */
@NullMarked
package org.homeward.stunconnector.delivery;

import org.jspecify.annotations.NullMarked;

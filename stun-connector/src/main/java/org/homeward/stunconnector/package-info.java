/**
 * Delivers connection requests by UDP to CPEs behind NAT (TR-069 Annex G). It is the STUN server that their bindings
 * are kept open by, remembers where each device was last heard of, and sends each request from the very socket that the
 * device's NAT knows.
 */
@NullMarked
package org.homeward.stunconnector;

import org.jspecify.annotations.NullMarked;

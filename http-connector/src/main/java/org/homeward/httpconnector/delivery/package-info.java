/**
 * Delivering one connection request: the route is checked, the CPE asked over a socket of our own, its answer judged and
 * put into words. One virtual thread per request, so that a CPE that hangs holds up nobody but itself.
 */
@NullMarked
package org.homeward.httpconnector.delivery;

import org.jspecify.annotations.NullMarked;

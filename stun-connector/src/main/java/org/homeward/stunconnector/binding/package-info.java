/**
 * Where devices can be reached by UDP: bindings of their NATs, as the STUN server sees them, from the first request to
 * the keep-alive that does not come. Small on purpose: there are as many as devices.
 */
@NullMarked
package org.homeward.stunconnector.binding;

import org.jspecify.annotations.NullMarked;

/** UDP ports by the thousand on one thread, and a NAT made of them. */
@NullMarked
package org.homeward.simulator.nat;

import org.jspecify.annotations.NullMarked;

/** How a CPE behind NAT stays within reach: its STUN client, and the UDP port that takes connection requests. */
@NullMarked
package org.homeward.simulator.stun;

import org.jspecify.annotations.NullMarked;

/** CWMP with full control of the bytes, and a player for sessions that were recorded from real stacks. */
@NullMarked
package org.homeward.simulator.wire;

import org.jspecify.annotations.NullMarked;

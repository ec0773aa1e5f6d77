/**
 * Processes and ports of one machine: which port is free, which processes were left over by a start
 * that was killed, and children that never outlive us.
 */
@NullMarked
package org.homeward.backends.process;

import org.jspecify.annotations.NullMarked;

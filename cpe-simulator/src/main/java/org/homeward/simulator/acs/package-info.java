/** A scripted ACS: plays a list of RPCs at whoever informs and keeps what was answered. */
@NullMarked
package org.homeward.simulator.acs;

import org.jspecify.annotations.NullMarked;

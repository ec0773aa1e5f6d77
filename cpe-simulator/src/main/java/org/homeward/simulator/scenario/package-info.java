/** Stories that a fleet plays against any ACS, told as milestones that every device has to pass. */
@NullMarked
package org.homeward.simulator.scenario;

import org.jspecify.annotations.NullMarked;

/** What a CPE finds out about its network when it is asked to: inputs and results stand in its data model. */
@NullMarked
package org.homeward.simulator.diagnostic;

import org.jspecify.annotations.NullMarked;

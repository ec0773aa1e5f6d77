/** The command line of the lab: fleets, scenarios and recorded sessions against an ACS, and an ACS against a CPE. */
@NullMarked
package org.homeward.simulator.cli;

import org.jspecify.annotations.NullMarked;

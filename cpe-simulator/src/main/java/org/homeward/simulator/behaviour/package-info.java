/** What a CPE can do wrong on demand: each by its name, and how often in a fleet. Knows nothing of the CPE itself. */
@NullMarked
package org.homeward.simulator.behaviour;

import org.jspecify.annotations.NullMarked;

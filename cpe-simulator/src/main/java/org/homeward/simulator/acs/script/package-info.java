/** Scripts for an ACS that tests CPEs: what to ask, what to expect, and how it went. */
@NullMarked
package org.homeward.simulator.acs.script;

import org.jspecify.annotations.NullMarked;

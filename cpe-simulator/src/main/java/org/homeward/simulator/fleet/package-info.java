/** Many devices in one JVM: seeded identities, spread first contacts, live figures. */
@NullMarked
package org.homeward.simulator.fleet;

import org.jspecify.annotations.NullMarked;

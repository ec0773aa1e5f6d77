/**
 * {@code ./homeward drill}: puts a load of sessions and orders on a system, does harm to it, and holds what CPEs and callers
 * were told against what the system says afterwards.
 */
@NullMarked
package org.homeward.standalone.drill;

import org.jspecify.annotations.NullMarked;

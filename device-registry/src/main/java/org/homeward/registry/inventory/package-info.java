/** Which devices there are, what they are, and when they were last heard. */
@NullMarked
package org.homeward.registry.inventory;

import org.jspecify.annotations.NullMarked;

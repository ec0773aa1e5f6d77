/** How reported values changed, once the device was first discovered. */
@NullMarked
package org.homeward.registry.twin.history;

import org.jspecify.annotations.NullMarked;

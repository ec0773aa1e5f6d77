/** What people and systems want done to a device, and how that goes. */
@NullMarked
package org.homeward.contracts.order;

import org.jspecify.annotations.NullMarked;

/** All that happened to a device in one list: sessions, orders, changes, and the facts that are none of these. */
@NullMarked
package org.homeward.registry.timeline;

import org.jspecify.annotations.NullMarked;

/** The timeline in PostgreSQL. */
@NullMarked
package org.homeward.registry.timeline.store;

import org.jspecify.annotations.NullMarked;

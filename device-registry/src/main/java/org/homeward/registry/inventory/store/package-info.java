/** The inventory in PostgreSQL: by plain statements for whole polls of events, by entities for people's edits. */
@NullMarked
package org.homeward.registry.inventory.store;

import org.jspecify.annotations.NullMarked;

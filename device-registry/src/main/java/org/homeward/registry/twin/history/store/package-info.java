/** Value history in PostgreSQL. */
@NullMarked
package org.homeward.registry.twin.history.store;

import org.jspecify.annotations.NullMarked;

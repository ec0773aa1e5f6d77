/** Orders in PostgreSQL: an entity for REST, and plain statements for the brain's hot path. */
@NullMarked
package org.homeward.provisioning.order.store;

import org.jspecify.annotations.NullMarked;

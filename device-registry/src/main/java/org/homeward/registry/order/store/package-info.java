/** Notes of orders in PostgreSQL. */
@NullMarked
package org.homeward.registry.order.store;

import org.jspecify.annotations.NullMarked;

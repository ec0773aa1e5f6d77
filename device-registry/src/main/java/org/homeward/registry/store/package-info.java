/** How this service talks to PostgreSQL in batches. */
@NullMarked
package org.homeward.registry.store;

import org.jspecify.annotations.NullMarked;

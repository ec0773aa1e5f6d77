/** Subscribers, services and bindings in PostgreSQL, and the facts that follow from them. */
@NullMarked
package org.homeward.registry.subscriber.store;

import org.jspecify.annotations.NullMarked;

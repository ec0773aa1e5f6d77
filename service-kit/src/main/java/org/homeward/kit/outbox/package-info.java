/**
 * Events that leave exactly when a transaction commits: written with it as rows, published in their order right after,
 * deleted once Kafka has them. A crash between any two of these publishes again, never less; a repetition carries the
 * same event id.
 */
@NullMarked
package org.homeward.kit.outbox;

import org.jspecify.annotations.NullMarked;

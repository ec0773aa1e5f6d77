/**
 * The device twin: the parameters that a device reported, kept as a few packed blocks per device. {@link
 * org.homeward.registry.twin.DeviceTwin} folds what was observed into the blocks and says what changed; it knows
 * neither Kafka nor a database.
 */
@NullMarked
package org.homeward.registry.twin;

import org.jspecify.annotations.NullMarked;

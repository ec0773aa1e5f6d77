/**
 * The device registry: which devices there are, what they last said of themselves, and all that happened to them. It
 * reads what gateways and the brain tell on Kafka, keeps what people decide in PostgreSQL and what devices say in
 * MongoDB, and shows both by REST. Tags have their one writer here.
 */
@NullMarked
package org.homeward.registry;

import org.jspecify.annotations.NullMarked;

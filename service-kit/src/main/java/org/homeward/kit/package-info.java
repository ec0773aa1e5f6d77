/**
 * What every service needs once. The rooms:
 *
 * <ul>
 *   <li>{@code json}: how records of the contracts become JSON and come back;
 *   <li>{@code events}: CloudEvents on Kafka, the one producer of the process, topics;
 *   <li>{@code consumer}: reading topics in batches, with positions, back-off and dead letters; following topics;
 *   <li>{@code outbox}: events that leave exactly when a transaction commits;
 *   <li>{@code rest}: problem documents, pages, entity tags, idempotency;
 *   <li>{@code query}: RSQL and sorting over declared fields, to SQL;
 *   <li>{@code security}: who calls, what they may do, how secrets are kept.
 * </ul>
 *
 * <p>Names that operators see. Metrics begin with {@code homeward.} and the feature, then what is counted:
 * {@code homeward.consumer.handled}; the unit is Micrometer's base unit (seconds, bytes); a tag says which one
 * ({@code consumer}, {@code topic}), never a device or tenant. Health checks are named after what they watch, in kebab
 * case, with the consumer or service behind a colon where there are several: {@code kafka},
 * {@code consumer:provisioning}.
 */
@NullMarked
package org.homeward.kit;

import org.jspecify.annotations.NullMarked;

/**
 * CloudEvents on Kafka: how an event becomes a record and comes back, the one producer of the process, and the topics.
 * Nothing here queues without bound or waits for a broker that is away: a publish then fails at once, and the caller
 * decides (503 for a CPE, another try for an outbox).
 */
@NullMarked
package org.homeward.kit.events;

import org.jspecify.annotations.NullMarked;

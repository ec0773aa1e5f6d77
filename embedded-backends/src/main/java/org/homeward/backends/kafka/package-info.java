/**
 * A real Kafka broker (KRaft, one node) inside this JVM.
 */
@NullMarked
package org.homeward.backends.kafka;

import org.jspecify.annotations.NullMarked;

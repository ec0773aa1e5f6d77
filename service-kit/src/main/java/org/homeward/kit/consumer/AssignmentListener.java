package org.homeward.kit.consumer;

import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** Hears which partitions a consumer owns, on the consumer's thread; never during a batch. */
public interface AssignmentListener {

    /** Events of these partitions come from now on. */
    default void assigned(Set<TopicPartition> partitions) {}

    /** Others may handle these partitions from now on: what was remembered about them is to be thrown away. */
    default void revoked(Set<TopicPartition> partitions) {}
}

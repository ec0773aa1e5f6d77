package org.homeward.kit.consumer;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.homeward.contracts.Topic;

/**
 * A reader without a group.
 *
 * @param name in logs and metrics
 * @param partition the one to read; empty for all
 * @param fromBeginning whether all that the topic keeps is read first; otherwise only what comes from now on
 * @param pace least time from poll to poll while records keep coming
 */
public record TailSpec(
        String name, Topic topic, OptionalInt partition, boolean fromBeginning, Duration pace, Follower follower) {

    /** What a reader tells; on its thread, in order for each partition. */
    @FunctionalInterface
    public interface Follower {
        /** Takes what a poll brought. What it throws is logged and lost: no dead letters, no second try. */
        void follow(List<Delivery> deliveries);
    }

    /** All that a topic keeps and what comes: for compacted topics that are held in memory. */
    public static TailSpec fromBeginning(String name, Topic topic, Follower follower) {
        return new TailSpec(name, topic, OptionalInt.empty(), true, Duration.ofMillis(5), follower);
    }

    /** What comes from now on, in all partitions. */
    public static TailSpec fromEnd(String name, Topic topic, Follower follower) {
        return new TailSpec(name, topic, OptionalInt.empty(), false, Duration.ofMillis(2), follower);
    }

    /** Only one partition. */
    public TailSpec ofPartition(int only) {
        return new TailSpec(name, topic, OptionalInt.of(only), fromBeginning, pace, follower);
    }

    public TailSpec withPace(Duration leastTime) {
        return new TailSpec(name, topic, partition, fromBeginning, leastTime, follower);
    }
}

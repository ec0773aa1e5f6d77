package org.homeward.simulator.scenario;

import java.time.Duration;
import java.util.function.Function;
import java.util.function.Predicate;
import org.homeward.simulator.fleet.Fleet;
import org.jspecify.annotations.Nullable;

/**
 * Something that every device of a scenario comes past, once, after those before it.
 *
 * @param turn what happens to the fleet once all devices are past it, and how long it is from then until the clock of
 *     the milestones behind it runs; none of them is passed before
 */
record Milestone(
        String name, Predicate<Contact> passedBy, @Nullable Function<Fleet, Duration> turn) {
    Milestone(String name, Predicate<Contact> passedBy) {
        this(name, passedBy, null);
    }
}

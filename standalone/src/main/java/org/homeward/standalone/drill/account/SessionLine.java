package org.homeward.standalone.drill.account;

import java.time.Instant;
import java.util.List;

/** A session as the registry lists it. */
public record SessionLine(String id, Instant startedAt, List<String> events) {

    public SessionLine {
        events = List.copyOf(events);
    }
}

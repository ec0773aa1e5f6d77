package org.homeward.registry.twin;

import java.time.Instant;
import org.homeward.contracts.SessionId;

/**
 * A finding with where it came from.
 *
 * @param eventId of the event that brought it; the same when the event comes again
 * @param offset of the event in its partition: what the device said later has a greater one, whatever the clocks say
 * @param at when the event happened
 */
public record Observation(String eventId, long offset, Instant at, SessionId session, Finding finding) {}

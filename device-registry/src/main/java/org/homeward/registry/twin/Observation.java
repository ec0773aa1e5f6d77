package org.homeward.registry.twin;

import java.time.Instant;
import org.homeward.contracts.SessionId;

/**
 * A finding with where it came from.
 *
 * @param eventId of the event that brought it; the same when the event comes again
 * @param at when the event happened
 */
public record Observation(String eventId, Instant at, SessionId session, Finding finding) {}

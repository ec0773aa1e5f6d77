/**
 * Takes in a poll of events: sorts them by device into contacts, reported facts, observations for the twin, sessions,
 * transcripts and orders, so that each kind is stored for the whole poll at once.
 */
@NullMarked
package org.homeward.registry.intake;

import org.jspecify.annotations.NullMarked;

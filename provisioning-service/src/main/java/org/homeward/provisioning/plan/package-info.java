/**
 * The pure core. {@link org.homeward.provisioning.plan.Brain#decide} takes what is remembered of a device and one thing
 * that happened, and says what is remembered next and what is to be done. No clock, database or broker in here; the
 * rooms below bring the events in and carry the effects out.
 */
@NullMarked
package org.homeward.provisioning.plan;

import org.jspecify.annotations.NullMarked;

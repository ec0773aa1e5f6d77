/** The registry's consumer of events, and what it publishes. */
@NullMarked
package org.homeward.registry.intake.events;

import org.jspecify.annotations.NullMarked;

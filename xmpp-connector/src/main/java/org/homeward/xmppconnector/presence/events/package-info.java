/** Presences out to Kafka, and back in after a restart. */
@NullMarked
package org.homeward.xmppconnector.presence.events;

import org.jspecify.annotations.NullMarked;

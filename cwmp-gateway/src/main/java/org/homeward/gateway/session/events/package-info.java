/** Session events on their way to Kafka. */
@NullMarked
package org.homeward.gateway.session.events;

import org.jspecify.annotations.NullMarked;

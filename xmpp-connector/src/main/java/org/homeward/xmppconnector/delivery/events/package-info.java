/** Connection requests in from Kafka, and results out to Kafka. */
@NullMarked
package org.homeward.xmppconnector.delivery.events;

import org.jspecify.annotations.NullMarked;

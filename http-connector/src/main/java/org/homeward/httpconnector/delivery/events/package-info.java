/** Connection requests in from Kafka, results out to Kafka, and as many under way in between as we let. */
@NullMarked
package org.homeward.httpconnector.delivery.events;

import org.jspecify.annotations.NullMarked;

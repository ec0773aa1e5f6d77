/** Connection requests in from Kafka, on the partition that is this connector's alone, and results out to Kafka. */
@NullMarked
package org.homeward.stunconnector.delivery.events;

import org.jspecify.annotations.NullMarked;

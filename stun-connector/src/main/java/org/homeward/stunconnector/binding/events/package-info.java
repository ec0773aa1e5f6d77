/** Bindings out to Kafka, where the brain learns through which connector a device can be reached, and back after a restart. */
@NullMarked
package org.homeward.stunconnector.binding.events;

import org.jspecify.annotations.NullMarked;

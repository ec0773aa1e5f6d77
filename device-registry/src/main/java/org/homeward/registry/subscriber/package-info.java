/**
 * Subscribers, the services they bought, and by what their devices are recognised. What a person says is a binding; whose
 * device a device is follows from the open bindings and from what the device says of itself, and is told to the others
 * with the device's facts.
 */
@NullMarked
package org.homeward.registry.subscriber;

import org.jspecify.annotations.NullMarked;

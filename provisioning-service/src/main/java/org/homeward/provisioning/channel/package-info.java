/**
 * Which channel is best for a device's Wi-Fi: from what the device hears of others, what its radio can do and what the
 * country allows. The choice itself is pure; plans scan many devices, choose for homes that hear each other one after the
 * other, and set what was chosen.
 */
@NullMarked
package org.homeward.provisioning.channel;

import org.jspecify.annotations.NullMarked;

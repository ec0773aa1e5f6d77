/**
 * Delivering a connection request by an IQ (TR-069 Annex K): whom to ask, with what, and what each answer means for the
 * people who wait for the device.
 */
@NullMarked
package org.homeward.xmppconnector.delivery;

import org.jspecify.annotations.NullMarked;

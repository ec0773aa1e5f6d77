/**
 * Whether a device can be reached, by which ways, and how anybody knows. The ways come from its ledger; whether it calls
 * as it should is asked of the registry, which hears all devices.
 */
@NullMarked
package org.homeward.provisioning.reachability;

import org.jspecify.annotations.NullMarked;

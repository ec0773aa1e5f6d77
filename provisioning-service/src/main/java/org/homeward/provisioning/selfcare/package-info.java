/**
 * What subscribers choose for their own devices, whatever model these are: kept as personal settings, which stand above
 * profiles, so that a factory reset or another box loses nothing.
 */
@NullMarked
package org.homeward.provisioning.selfcare;

import org.jspecify.annotations.NullMarked;

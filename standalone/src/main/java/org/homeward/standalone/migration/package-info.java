/**
 * Brings over what another ACS was told: what its export says as data becomes profiles and a list of devices, what it
 * says in programs is listed for a person.
 */
@NullMarked
package org.homeward.standalone.migration;

import org.jspecify.annotations.NullMarked;

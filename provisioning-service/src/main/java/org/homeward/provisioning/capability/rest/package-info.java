/** {@code /api/capabilities}: the catalogue, and what a device says of each. */
@NullMarked
package org.homeward.provisioning.capability.rest;

import org.jspecify.annotations.NullMarked;

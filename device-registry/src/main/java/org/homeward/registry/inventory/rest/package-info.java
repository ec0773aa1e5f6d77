/** Devices by REST: search, one device, registration, import, edits. */
@NullMarked
package org.homeward.registry.inventory.rest;

import org.jspecify.annotations.NullMarked;

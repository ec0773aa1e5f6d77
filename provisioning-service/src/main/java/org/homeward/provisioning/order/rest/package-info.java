/** {@code /api/devices/{id}/orders}, {@code /api/orders} and {@code /api/devices/{id}/connection-request}. */
@NullMarked
package org.homeward.provisioning.order.rest;

import org.jspecify.annotations.NullMarked;

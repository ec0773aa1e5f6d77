/** A subscriber's own devices by REST. */
@NullMarked
package org.homeward.registry.selfcare.rest;

import org.jspecify.annotations.NullMarked;

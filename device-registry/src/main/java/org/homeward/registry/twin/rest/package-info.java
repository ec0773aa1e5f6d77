/** Reported parameters and their history by REST. */
@NullMarked
package org.homeward.registry.twin.rest;

import org.jspecify.annotations.NullMarked;

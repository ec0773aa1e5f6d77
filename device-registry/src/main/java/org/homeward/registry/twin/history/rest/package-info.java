/** Value history by REST. */
@NullMarked
package org.homeward.registry.twin.history.rest;

import org.jspecify.annotations.NullMarked;

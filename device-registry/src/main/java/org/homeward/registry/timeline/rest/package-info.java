/** The timeline by REST. */
@NullMarked
package org.homeward.registry.timeline.rest;

import org.jspecify.annotations.NullMarked;

/** Reachability over HTTP. */
@NullMarked
package org.homeward.provisioning.reachability.rest;

import org.jspecify.annotations.NullMarked;

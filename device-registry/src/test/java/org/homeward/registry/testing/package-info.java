/** Helpers of the registry's tests: CPEs as gateways tell of them, and the registry as callers meet it. */
@NullMarked
package org.homeward.registry.testing;

import org.jspecify.annotations.NullMarked;

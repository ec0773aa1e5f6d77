/** What became of the orders on a device, as far as its timeline tells; the orders themselves are the brain's. */
@NullMarked
package org.homeward.registry.order;

import org.jspecify.annotations.NullMarked;

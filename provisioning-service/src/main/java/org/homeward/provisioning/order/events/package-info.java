/** What happens to orders, heard for those who wait for them. */
@NullMarked
package org.homeward.provisioning.order.events;

import org.jspecify.annotations.NullMarked;

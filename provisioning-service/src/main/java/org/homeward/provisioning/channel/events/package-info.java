/** What carries channel plans on: the ends of orders, and a clock. */
@NullMarked
package org.homeward.provisioning.channel.events;

import org.jspecify.annotations.NullMarked;

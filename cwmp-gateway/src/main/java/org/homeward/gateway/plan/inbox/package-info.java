/** Where plans come in: a partition of the plans topic that this gateway owns, and reads without a group. */
@NullMarked
package org.homeward.gateway.plan.inbox;

import org.jspecify.annotations.NullMarked;

/** Making a device call: connection requests and how they went. */
@NullMarked
package org.homeward.contracts.wakeup;

import org.jspecify.annotations.NullMarked;

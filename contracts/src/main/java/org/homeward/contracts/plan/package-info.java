/** What the brain wants a session to do. */
@NullMarked
package org.homeward.contracts.plan;

import org.jspecify.annotations.NullMarked;

/** What happens in a CWMP session, as the gateway saw it. */
@NullMarked
package org.homeward.contracts.session;

import org.jspecify.annotations.NullMarked;

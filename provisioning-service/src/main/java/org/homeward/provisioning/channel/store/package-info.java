/** Channel plans as rows, and the steps by which they go on. */
@NullMarked
package org.homeward.provisioning.channel.store;

import org.jspecify.annotations.NullMarked;

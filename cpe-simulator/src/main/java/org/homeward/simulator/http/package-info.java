/** HTTP/1.1 on bare sockets, both sides, with Digest: what the JDK's own client hides is what we need to control. */
@NullMarked
package org.homeward.simulator.http;

import org.jspecify.annotations.NullMarked;

/**
 * The load client: CPEs that cost next to nothing, because they share their cores with the servers that they measure.
 * One thread, raw sockets, envelopes that are made beforehand and filled in; nothing is parsed beyond what the answer
 * hangs on.
 */
@NullMarked
package org.homeward.standalone.bench.cpe;

import org.jspecify.annotations.NullMarked;

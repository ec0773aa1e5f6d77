/** The servers that are measured, seen from outside: their processes, their backlog, and what they know in the end. */
@NullMarked
package org.homeward.standalone.bench.server;

import org.jspecify.annotations.NullMarked;

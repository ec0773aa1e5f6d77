/**
 * A real PostgreSQL server beside this JVM, from packaged binaries.
 */
@NullMarked
package org.homeward.backends.postgres;

import org.jspecify.annotations.NullMarked;

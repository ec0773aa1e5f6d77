/**
 * One broker, one PostgreSQL and one MongoDB stand-in per test JVM, shared by all of its tests.
 */
@NullMarked
package org.homeward.backends.testing;

import org.jspecify.annotations.NullMarked;

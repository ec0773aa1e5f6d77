/**
 * A real Keycloak beside this JVM, with the realm {@code homeward} imported.
 */
@NullMarked
package org.homeward.backends.keycloak;

import org.jspecify.annotations.NullMarked;

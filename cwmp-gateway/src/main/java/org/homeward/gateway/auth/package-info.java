/**
 * Who calls: Digest and Basic authentication of CPEs (TR-069 3.4.4, 3.4.5) and the credentials they are checked
 * against.
 */
@NullMarked
package org.homeward.gateway.auth;

import org.jspecify.annotations.NullMarked;

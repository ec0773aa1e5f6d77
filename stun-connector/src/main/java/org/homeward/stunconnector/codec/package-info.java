/**
 * STUN messages as bytes and back: RFC 3489 as TR-069 Annex G uses it, and what RFC 5389 clients need besides. Pure: no
 * socket, no clock. Whatever the bytes are, reading them ends in a value.
 */
@NullMarked
package org.homeward.stunconnector.codec;

import org.jspecify.annotations.NullMarked;

/** Who calls and what they may do, and how secrets are kept and derived. */
@NullMarked
package org.homeward.kit.security;

import org.jspecify.annotations.NullMarked;

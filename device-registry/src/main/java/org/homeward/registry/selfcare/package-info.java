/** What subscribers see of their own devices, and nothing of anybody else's. */
@NullMarked
package org.homeward.registry.selfcare;

import org.jspecify.annotations.NullMarked;

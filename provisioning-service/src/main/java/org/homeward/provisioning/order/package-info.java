/** Orders as people and systems place and see them. What becomes of them is decided in {@code plan}. */
@NullMarked
package org.homeward.provisioning.order;

import org.jspecify.annotations.NullMarked;

/** How records of the contracts become JSON and come back. */
@NullMarked
package org.homeward.kit.json;

import org.jspecify.annotations.NullMarked;

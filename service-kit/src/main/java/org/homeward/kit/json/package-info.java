/** How records of the contracts become JSON and come back; and how transcripts are packed. */
@NullMarked
package org.homeward.kit.json;

import org.jspecify.annotations.NullMarked;

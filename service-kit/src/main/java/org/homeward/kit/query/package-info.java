/**
 * Searching and sorting as REST callers write it ({@code q=} in RSQL, {@code sort=-lastInform}), turned into SQL over a
 * declared set of fields. Names and operators come from the declaration, values are always bound.
 */
@NullMarked
package org.homeward.kit.query;

import org.jspecify.annotations.NullMarked;

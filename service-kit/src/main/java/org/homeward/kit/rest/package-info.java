/**
 * What REST resources share: problem documents (RFC 9457) for every error, pages and cursors, entity tags, idempotency
 * keys, {@code Prefer: wait}, and ids as parameters.
 */
@NullMarked
package org.homeward.kit.rest;

import org.jspecify.annotations.NullMarked;

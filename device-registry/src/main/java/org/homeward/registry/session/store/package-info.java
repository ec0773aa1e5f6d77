/** Sessions as rows in PostgreSQL, their transcripts compressed in MongoDB. */
@NullMarked
package org.homeward.registry.session.store;

import org.jspecify.annotations.NullMarked;

/** Ledgers in PostgreSQL: one row and one document for each device, read and written for a whole poll at once. */
@NullMarked
package org.homeward.provisioning.plan.store;

import org.jspecify.annotations.NullMarked;

/** Profiles in PostgreSQL: their versions and history, and the active ones, compiled, in the memory of each instance. */
@NullMarked
package org.homeward.provisioning.profile.store;

import org.jspecify.annotations.NullMarked;

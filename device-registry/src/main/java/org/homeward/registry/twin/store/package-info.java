/** The twin's blocks in MongoDB, each packed into one binary. */
@NullMarked
package org.homeward.registry.twin.store;

import org.jspecify.annotations.NullMarked;

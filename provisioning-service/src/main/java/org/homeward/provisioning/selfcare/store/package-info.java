/** Personal settings in PostgreSQL, and in the memory of whoever decides by them. */
@NullMarked
package org.homeward.provisioning.selfcare.store;

import org.jspecify.annotations.NullMarked;

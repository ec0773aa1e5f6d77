/** What happened in the sessions of a device: one line for each, and what was said in those that worked. */
@NullMarked
package org.homeward.registry.session;

import org.jspecify.annotations.NullMarked;

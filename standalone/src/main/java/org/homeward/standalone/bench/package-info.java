/** Measurements that anyone can repeat: they ask a running system from outside, as its users do. */
@NullMarked
package org.homeward.standalone.bench;

import org.jspecify.annotations.NullMarked;

/** The load of a drill: simulated CPEs that keep calling, and callers of REST that keep ordering. */
@NullMarked
package org.homeward.standalone.drill.load;

import org.jspecify.annotations.NullMarked;

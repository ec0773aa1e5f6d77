/** The borders between modules and features, checked on the compiled classes of all of them. */
@NullMarked
package org.homeward.standalone.architecture;

import org.jspecify.annotations.NullMarked;

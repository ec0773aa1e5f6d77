/** The system under drill: which processes it has, how they are started, stopped, frozen and killed. */
@NullMarked
package org.homeward.standalone.drill.site;

import org.jspecify.annotations.NullMarked;

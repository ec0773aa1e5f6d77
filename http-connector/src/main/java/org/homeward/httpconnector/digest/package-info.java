/** HTTP authentication as a client: reading the challenges that CPEs send, however written, and answering them. */
@NullMarked
package org.homeward.httpconnector.digest;

import org.jspecify.annotations.NullMarked;

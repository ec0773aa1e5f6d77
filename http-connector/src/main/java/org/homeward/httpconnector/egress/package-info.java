/** Where a connection request may go. The URL is the device's word, so an address has to earn our trust first. */
@NullMarked
package org.homeward.httpconnector.egress;

import org.jspecify.annotations.NullMarked;

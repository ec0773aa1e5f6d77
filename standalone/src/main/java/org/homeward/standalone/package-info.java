/**
 * Everything in one start: brings up the backends that are not given from outside, hands their addresses
 * to the services, runs all services in this process, and takes everything down again in order.
 */
@NullMarked
package org.homeward.standalone;

import org.jspecify.annotations.NullMarked;

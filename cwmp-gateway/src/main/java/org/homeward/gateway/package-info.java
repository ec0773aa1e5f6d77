/**
 * The gateway: ends CWMP sessions, turns what CPEs say into events, and plays the plans that come back. It holds open
 * sessions in memory and nothing else.
 */
@NullMarked
package org.homeward.gateway;

import org.jspecify.annotations.NullMarked;

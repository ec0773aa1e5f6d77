/** Requests for accounts in from Kafka. */
@NullMarked
package org.homeward.xmppconnector.account.events;

import org.jspecify.annotations.NullMarked;

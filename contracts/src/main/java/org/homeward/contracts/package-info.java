/**
 * The language between services: events, commands, topics and ids as plain records. No framework comes in here, so
 * that every service, test and tool can speak it. How a record becomes JSON and a Kafka record is the service kit's
 * business.
 */
@NullMarked
package org.homeward.contracts;

import org.jspecify.annotations.NullMarked;

/**
 * Makes CPEs call home over HTTP: takes connection requests from Kafka, delivers them (TR-069 3.2.2) and says how each
 * went. The URL comes from the device and is hostile input: {@code egress} decides where we may go, {@code digest}
 * answers the CPE's challenge, {@code delivery} does the talking and carries the outcome back.
 */
@NullMarked
package org.homeward.httpconnector;

import org.jspecify.annotations.NullMarked;

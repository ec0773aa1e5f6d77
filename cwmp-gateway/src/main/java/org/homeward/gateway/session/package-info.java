/**
 * The CWMP session as the ACS sees it (TR-069 3.7): who has one open, what may be said next, and how it ends. State in
 * memory only. What must outlive the gateway is an event, and its acknowledgement stands before the answer by which a
 * CPE forgets. Knows no HTTP, no CXF and no Kafka: those are at the edges ({@code listener}, {@code soap},
 * {@link org.homeward.gateway.session.SessionLog}).
 */
@NullMarked
package org.homeward.gateway.session;

import org.jspecify.annotations.NullMarked;

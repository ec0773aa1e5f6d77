package org.homeward.contracts.wakeup;

import java.time.Instant;
import org.homeward.contracts.Message;
import org.homeward.contracts.WakeUpId;

/** How the delivery of a connection request went; on {@code wakeup.results}, by device. */
public sealed interface WakeUpResult extends Message {

    WakeUpId request();

    /** {@code http}, {@code stun}, {@code xmpp}. */
    String transport();

    /** Where it went, such as {@code 192.0.2.7:7547}. */
    String address();

    Instant startedAt();

    long millis();

    /** The CPE took it; its session should begin within 30 s. */
    record ConnectionRequestDelivered(
            WakeUpId request, String transport, String address, Instant startedAt, long millis)
            implements WakeUpResult {}

    /** The CPE answered, but not with yes. @param status HTTP status. @param cause for people, with what to do next */
    record ConnectionRequestRefused(
            WakeUpId request,
            String transport,
            String address,
            Instant startedAt,
            long millis,
            int status,
            String cause)
            implements WakeUpResult {}

    /** No answer, or we may not ask. @param cause for people, with what to do next */
    record ConnectionRequestUnreachable(
            WakeUpId request, String transport, String address, Instant startedAt, long millis, String cause)
            implements WakeUpResult {}
}

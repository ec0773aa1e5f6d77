package org.homeward.registry.session;

import java.time.Instant;
import java.util.List;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.SessionId;
import org.homeward.contracts.session.SessionEvent.InformReceived;
import org.homeward.contracts.session.SessionEvent.SessionClosed;
import org.homeward.contracts.session.SessionTranscript;
import org.homeward.registry.BoundedText;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a session from some of its events. Notes of the same session add up, in any order.
 *
 * @param events null while its Inform is not known
 * @param outcome {@code open} while it runs; then why it ended: {@code completed}, {@code timedOut}, {@code superseded},
 *     {@code noPlan}, {@code protocolError}, {@code shutDown}, {@code gatewayFailed}, or {@code lost} where nobody said
 * @param transcriptParts how many parts of its transcript are kept
 */
public record SessionNote(
        DeviceKey device,
        SessionId session,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable List<String> events,
        String outcome,
        int rpcs,
        int faults,
        String detail,
        @Nullable String remoteAddress,
        int transcriptParts) {

    public static final String OPEN = "open";

    /** Events of an Inform (TR-069 A.3.3.1), and characters of the code of each. */
    private static final int MAX_EVENTS = 64;

    private static final int MAX_CODE = 64;

    private static final int MAX_DETAIL = 1024;

    /** The event codes of an Inform, as many and as long as the protocol knows. */
    public static List<String> eventCodes(InformReceived inform) {
        return inform.events().stream()
                .limit(MAX_EVENTS)
                .map(event -> BoundedText.of(event.code(), MAX_CODE))
                .toList();
    }

    /** A session began. */
    public static SessionNote of(DeviceKey device, Instant at, InformReceived inform) {
        return new SessionNote(
                device,
                inform.session(),
                at,
                null,
                eventCodes(inform),
                OPEN,
                0,
                0,
                "",
                BoundedText.of(inform.remoteAddress(), 64),
                0);
    }

    /** A session ended. */
    public static SessionNote of(DeviceKey device, Instant at, SessionClosed closed) {
        return new SessionNote(
                device,
                closed.session(),
                closed.startedAt(),
                at,
                null,
                switch (closed.reason()) {
                    case COMPLETED -> "completed";
                    case TIMED_OUT -> "timedOut";
                    case SUPERSEDED -> "superseded";
                    case NO_PLAN -> "noPlan";
                    case PROTOCOL_ERROR -> "protocolError";
                    case SHUT_DOWN -> "shutDown";
                    case GATEWAY_FAILED -> "gatewayFailed";
                },
                closed.rpcs(),
                closed.faults(),
                BoundedText.of(closed.detail(), MAX_DETAIL),
                null,
                0);
    }

    /** A part of its transcript came. */
    public static SessionNote of(DeviceKey device, SessionTranscript transcript) {
        return new SessionNote(
                device, transcript.session(), transcript.began(), null, null, OPEN, 0, 0, "", null, transcript.part());
    }

    /** This one and a later one of the same session. */
    public SessionNote and(SessionNote later) {
        return new SessionNote(
                device,
                session,
                startedAt.isBefore(later.startedAt) ? startedAt : later.startedAt,
                later.endedAt == null ? endedAt : later.endedAt,
                later.events == null ? events : later.events,
                later.outcome.equals(OPEN) ? outcome : later.outcome,
                Math.max(rpcs, later.rpcs),
                Math.max(faults, later.faults),
                later.detail.isEmpty() ? detail : later.detail,
                later.remoteAddress == null ? remoteAddress : later.remoteAddress,
                Math.max(transcriptParts, later.transcriptParts));
    }
}

package org.homeward.contracts.session;

import java.time.Instant;
import org.homeward.contracts.Message;
import org.homeward.contracts.SessionId;

/**
 * What was said in a session, word by word with secrets masked; in parts of at most 256 KiB. Sessions that did nothing
 * and went well have none: their InformReceived says all.
 *
 * <p>The lines are packed once, where they are said, and stay so until somebody reads them.
 *
 * @param began when the first of these lines was said
 * @param part from 1
 * @param last whether no further part follows
 * @param packed the {@link Line}s, compressed by Zstandard, in Base64; the service-kit packs and unpacks them
 */
public record SessionTranscript(SessionId session, Instant began, int part, boolean last, String packed)
        implements Message {

    /**
     * One HTTP message. One too large for a part goes on in further lines, which have {@code xml} but no
     * {@code method}.
     *
     * @param method CWMP method, {@code Fault}, or empty for an HTTP message without envelope
     * @param xml the envelope, empty for none
     */
    public record Line(Instant at, Direction direction, String method, String xml) {}

    public enum Direction {
        CPE_TO_ACS,
        ACS_TO_CPE
    }
}

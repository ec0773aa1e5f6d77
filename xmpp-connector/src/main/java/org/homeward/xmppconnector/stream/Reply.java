package org.homeward.xmppconnector.stream;

import java.time.Duration;

/** What became of an IQ that was asked. */
public sealed interface Reply {

    /** An IQ result. @param payload its child element as XML; empty for none */
    record Result(String payload) implements Reply {}

    /**
     * An IQ error, of the one that was asked or of a server on the way.
     *
     * @param condition of RFC 6120 8.3.3, such as {@code not-authorized}
     * @param text what it says besides; empty for nothing
     */
    record Refusal(String condition, String text) implements Reply {}

    /** Nobody answered in time. */
    record Silence(Duration waited) implements Reply {}

    /** The stream broke before an answer came; the question may have arrived. */
    record StreamLost(String why) implements Reply {}

    /** There was no stream to ask on. @param why for people, with what to do next */
    record NotSent(String why) implements Reply {}
}

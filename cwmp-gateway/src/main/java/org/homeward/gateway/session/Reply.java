package org.homeward.gateway.session;

/** What a CPE gets for one POST. */
public sealed interface Reply {

    /**
     * HTTP 200 with an envelope.
     *
     * @param method the RPC's or response's name, or {@code Fault}
     * @param xml the whole envelope; secrets may stand in it in clear
     */
    record Envelope(String method, String xml) implements Reply {
        @Override
        public String toString() {
            return "Envelope[" + method + "]";
        }
    }

    /** HTTP 204: the ACS has no more to say. */
    record NoContent() implements Reply {}

    /** HTTP 503 with Retry-After: the CPE calls again later, and tells its events then. */
    record Unavailable(String why) implements Reply {}

    /** HTTP 401 with a challenge, though the CPE gave credentials: they are somebody else's, or good for less. */
    record NotAuthorized(String why) implements Reply {}

    /** HTTP 400, and the connection closes: nothing can be made of the message. */
    record Rejected(String why) implements Reply {}
}

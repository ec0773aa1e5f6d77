package org.homeward.stunconnector.server;

import java.net.InetSocketAddress;

/** What becomes of a datagram that came to the server. */
public sealed interface Answer {

    /** Why, in metrics. */
    enum Kind {
        /** A device keeps its binding open. */
        BOUND,
        /** Somebody asks for its address, and gets no more. */
        PLAIN,
        /** A device is asked to prove who it is. */
        CHALLENGED,
        /** The proof was wrong. */
        REFUSED,
        /** It wants what we do not know. */
        NOT_UNDERSTOOD,
        /** The answer would be longer than the question. */
        TOO_SHORT,
        /** Too many answers went there already. */
        LIMITED,
        /** It is nothing that is answered. */
        IGNORED
    }

    Kind kind();

    /** @param fromAlternate whether it leaves from the port that the question did not come to */
    record Reply(Kind kind, byte[] bytes, InetSocketAddress to, boolean fromAlternate) implements Answer {}

    record Silence(Kind kind) implements Answer {}
}

package org.homeward.stunconnector.delivery;

import java.net.InetSocketAddress;

/** What became of asking a device by UDP. Causes are for people and say what to do next. */
sealed interface Outcome {

    /** It left; nobody can say that it arrived. */
    record Sent(InetSocketAddress to) implements Outcome {}

    /** It did not leave. @param address where it would have gone, {@code unknown} if nobody knows */
    record Unreachable(String address, String cause) implements Outcome {}
}

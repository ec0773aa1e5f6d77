package org.homeward.xmppconnector.stream;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jivesoftware.smack.packet.IQ;

/** Something that IQs can be asked by. */
@FunctionalInterface
public interface Asking {

    /**
     * Asks, and never blocks. The stage never fails and ends within the time given; it may end on a thread of the stream,
     * so what is attached must not block.
     *
     * @param question addressed to whom to ask; its id is set here
     */
    CompletionStage<Reply> ask(IQ question, Duration within);
}

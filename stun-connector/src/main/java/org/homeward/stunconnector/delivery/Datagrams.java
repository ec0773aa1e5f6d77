package org.homeward.stunconnector.delivery;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Sends from the port that devices keep their bindings open to, and no other. */
public interface Datagrams {

    /** Completes when the system has taken it, which is all that anybody knows of a datagram. */
    CompletionStage<@Nullable Void> send(byte[] bytes, InetSocketAddress to);

    Future<?> later(Runnable task, long nanos);
}

package org.homeward.gateway.session;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The POST of a session that waits for our word; at most one. To be used under the session's lock. */
final class HeldPost {

    private @Nullable CompletableFuture<Reply> answer;
    private @Nullable CpeConnection connection;

    /**
     * Holds a new one. One that was held before is over: the CPE has given it up. So has it one that comes late, from a
     * connection older than the one on which it waits now.
     */
    CompletionStage<Reply> hold(CpeConnection on) {
        Reply over = new Reply.Rejected("the CPE went on over another connection");
        CompletableFuture<Reply> before = answer;
        if (before != null) {
            if (connection != null && on.isOlderThan(connection)) {
                return CompletableFuture.completedStage(over);
            }
            before.complete(over);
        }
        CompletableFuture<Reply> next = new CompletableFuture<>();
        answer = next;
        connection = on;
        return next;
    }

    /** Answers it. @return whether there was one */
    boolean answer(Reply reply) {
        CompletableFuture<Reply> waiting = answer;
        answer = null;
        connection = null;
        return waiting != null && waiting.complete(reply);
    }

    /** Its connection is gone. @return whether it was held on this one */
    boolean isLostWith(CpeConnection gone) {
        boolean lost = answer != null && connection == gone;
        if (lost) {
            answer = null;
            connection = null;
        }
        return lost;
    }
}

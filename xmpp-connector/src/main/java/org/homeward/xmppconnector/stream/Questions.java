package org.homeward.xmppconnector.stream;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.homeward.xmppconnector.stream.Reply.Silence;
import org.homeward.xmppconnector.stream.Reply.StreamLost;
import org.jspecify.annotations.Nullable;
import org.jxmpp.jid.Jid;

/**
 * The IQs that wait for an answer, by id. Each costs an entry here and one in the JVM's only timer, no thread. An answer
 * counts when somebody waits for it and when it comes from the JID that was asked; all others are dropped.
 */
final class Questions {

    private record Open(Jid of, CompletableFuture<Reply> answer) {}

    /** A question that was noted, under its id. */
    record Noted(String id, CompletableFuture<Reply> answer) {}

    /** Of this run: an answer to a question of an earlier one matches none. */
    private final String run = UUID.randomUUID().toString().substring(0, 8);

    private final AtomicLong number = new AtomicLong();
    private final Map<String, Open> open = new ConcurrentHashMap<>();

    Noted ask(Jid of, Duration within) {
        String id = run + '-' + Long.toString(number.incrementAndGet(), 36);
        CompletableFuture<Reply> answer = new CompletableFuture<>();
        open.put(id, new Open(of, answer));
        answer.completeOnTimeout(new Silence(within), Math.max(0, within.toNanos()), TimeUnit.NANOSECONDS)
                .whenComplete((reply, failure) -> open.remove(id));
        return new Noted(id, answer);
    }

    /** Whether anybody waited for that. @param from null where the stanza says nothing */
    boolean answered(@Nullable String id, @Nullable Jid from, Reply reply) {
        Open asked = id == null ? null : open.get(id);
        return asked != null
                && from != null
                && asked.of().equals(from)
                && asked.answer().complete(reply);
    }

    /** None of those under way will be answered any more. */
    void lose(String why) {
        open.values().forEach(asked -> asked.answer().complete(new StreamLost(why)));
    }

    int underWay() {
        return open.size();
    }
}

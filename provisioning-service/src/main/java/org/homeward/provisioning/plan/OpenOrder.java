package org.homeward.provisioning.plan;

import java.time.Instant;
import java.util.Map;
import org.homeward.contracts.CommandId;
import org.homeward.contracts.OrderId;
import org.homeward.contracts.order.OrderTask;

/**
 * An order that has not come to its end.
 *
 * @param gathered what its answers said so far, in the shape of the result
 * @param trouble why it could not be done yet, for the message should it expire; empty for none
 */
public record OpenOrder(
        OrderId id,
        OrderTask task,
        String createdBy,
        Instant createdAt,
        Instant expiresAt,
        boolean wake,
        Progress progress,
        Map<String, Object> gathered,
        String trouble) {

    public OpenOrder {
        gathered = Map.copyOf(gathered);
    }

    /** The name of its step, the same in every plan. */
    CommandId command() {
        return new CommandId(id.value());
    }

    boolean isDue(Instant now) {
        return progress instanceof Progress.Due due && !due.notBefore().isAfter(now);
    }

    OpenOrder with(Progress next) {
        return new OpenOrder(id, task, createdBy, createdAt, expiresAt, wake, next, gathered, trouble);
    }

    OpenOrder gathering(Map<String, Object> more) {
        return new OpenOrder(id, task, createdBy, createdAt, expiresAt, wake, progress, more, trouble);
    }

    OpenOrder troubledBy(String why) {
        return new OpenOrder(id, task, createdBy, createdAt, expiresAt, wake, progress, gathered, why);
    }
}

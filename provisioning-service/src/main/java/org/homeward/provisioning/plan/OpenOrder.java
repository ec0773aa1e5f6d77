package org.homeward.provisioning.plan;

import java.time.Instant;
import java.util.Map;
import org.homeward.contracts.CommandId;
import org.homeward.contracts.OrderId;
import org.homeward.contracts.order.OrderTask;
import org.homeward.contracts.order.OrderTask.Connect;
import org.homeward.contracts.order.OrderTask.Diagnose;
import org.homeward.contracts.order.OrderTask.Perform;
import org.homeward.contracts.order.OrderTask.Settle;
import org.homeward.contracts.order.OrderTask.Survey;
import org.homeward.contracts.plan.Action;
import org.jspecify.annotations.Nullable;

/**
 * An order that has not come to its end.
 *
 * @param gathered what its answers said so far, in the shape of the result
 * @param trouble why it could not be done yet, for the message should it expire; empty for none
 * @param ran whether the device has run what it was told to run, so that only the results are to be read
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
        String trouble,
        boolean ran) {

    public OpenOrder {
        gathered = Map.copyOf(gathered);
    }

    /** The name of its step, the same in every plan. */
    CommandId command() {
        return new CommandId(id.value());
    }

    /** What a session has to do for it now; null where it only has to begin. */
    @Nullable
    Action action(Known known) {
        return switch (task) {
            case Perform perform -> perform.action();
            case Diagnose diagnose -> Diagnostics.action(diagnose, parameterKey(), ran, known);
            case Survey survey -> Surveys.action(survey, parameterKey(), ran);
            case Connect connect -> null;
            case Settle settle -> null;
        };
    }

    /** At most 32 characters: a UUID without its hyphens. */
    private String parameterKey() {
        String letters = id.value().replace("-", "");
        return letters.substring(0, Math.min(letters.length(), 32));
    }

    OpenOrder asRan() {
        return new OpenOrder(id, task, createdBy, createdAt, expiresAt, wake, progress, gathered, trouble, true);
    }

    boolean isDue(Instant now) {
        return progress instanceof Progress.Due due && !due.notBefore().isAfter(now);
    }

    OpenOrder with(Progress next) {
        return new OpenOrder(id, task, createdBy, createdAt, expiresAt, wake, next, gathered, trouble, ran);
    }

    OpenOrder gathering(Map<String, Object> more) {
        return new OpenOrder(id, task, createdBy, createdAt, expiresAt, wake, progress, more, trouble, ran);
    }

    OpenOrder troubledBy(String why) {
        return new OpenOrder(id, task, createdBy, createdAt, expiresAt, wake, progress, gathered, why, ran);
    }
}

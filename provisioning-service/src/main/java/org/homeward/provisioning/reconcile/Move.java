package org.homeward.provisioning.reconcile;

import java.util.List;
import org.homeward.contracts.CommandId;
import org.homeward.contracts.plan.Action;
import org.homeward.provisioning.profile.Desired;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done next.
 *
 * @param chores in their order; empty for nothing now
 * @param standing as it is before any of them is sent
 * @param more whether more may follow in the same session
 * @param desired what profiles say, where it had to be worked out; null where nothing was due, or nothing can be said yet
 */
public record Move(
        List<Chore> chores,
        Standing standing,
        boolean more,
        @Nullable Desired desired) {

    /** One step. @param command names it in plans */
    public record Chore(CommandId command, Action action, Leg leg) {}

    public Move {
        chores = List.copyOf(chores);
    }
}

package org.homeward.provisioning.reconcile;

import java.util.List;
import org.homeward.contracts.CommandId;
import org.homeward.contracts.plan.Action;

/**
 * What is to be done next.
 *
 * @param chores in their order; empty for nothing now
 * @param standing as it is before any of them is sent
 * @param more whether more may follow in the same session
 */
public record Move(List<Chore> chores, Standing standing, boolean more) {

    /** One step. @param command names it in plans */
    public record Chore(CommandId command, Action action, Leg leg) {}

    public Move {
        chores = List.copyOf(chores);
    }
}

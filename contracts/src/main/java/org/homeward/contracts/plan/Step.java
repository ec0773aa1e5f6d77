package org.homeward.contracts.plan;

import org.homeward.contracts.CommandId;

/**
 * One thing to achieve in a session.
 *
 * @param command the same when the step is planned again in another session
 * @param stopOnFault whether a fault leaves the rest of the plan unplayed (its steps get no RpcCompleted; the plan
 *     ends with this step's, {@code planDone} set)
 */
public record Step(CommandId command, Action action, boolean stopOnFault) {}

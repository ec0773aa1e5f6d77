package org.homeward.contracts.rpc;

import org.jspecify.annotations.Nullable;

/**
 * A transfer that the CPE has not finished.
 *
 * @param state 1 not started, 2 in progress, 3 completed
 * @param download null where the CPE does not say (GetQueuedTransfers)
 */
public record QueuedTransfer(
        String commandKey,
        int state,
        @Nullable Boolean download,
        @Nullable String fileType,
        @Nullable Long fileSize,
        @Nullable String targetFileName) {}

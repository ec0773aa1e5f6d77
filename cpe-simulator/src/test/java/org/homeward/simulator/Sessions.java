package org.homeward.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Waiting for sessions in tests. */
public final class Sessions {
    private Sessions() {}

    public static <T> T await(CompletableFuture<T> future) {
        return future.orTimeout(60, TimeUnit.SECONDS).join();
    }

    /** Waits for a session that has to succeed. */
    public static SessionReport success(CompletableFuture<SessionReport> future) {
        SessionReport report = await(future);
        assertThat(report.whyFailed()).isEmpty();
        return report;
    }
}

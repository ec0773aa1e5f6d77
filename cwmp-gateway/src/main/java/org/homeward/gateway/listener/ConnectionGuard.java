package org.homeward.gateway.listener;

import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import org.homeward.gateway.session.CpeConnection;
import org.jspecify.annotations.Nullable;

/**
 * A connection and until when it must have said the next thing. A byte a second keeps any idle timeout away, so the
 * bound is on the whole head, and on the whole body.
 */
final class ConnectionGuard {

    private static final long NEVER = Long.MAX_VALUE;

    private final HttpConnection connection;
    private final String name;
    private final CpeConnection cpe = new CpeConnection();
    private volatile long deadline = NEVER;
    private volatile @Nullable Runnable onDeadline;

    ConnectionGuard(HttpConnection connection, String name) {
        this.connection = connection;
        this.name = name;
    }

    String name() {
        return name;
    }

    CpeConnection cpe() {
        return cpe;
    }

    void within(Duration time, @Nullable Runnable late) {
        onDeadline = late;
        deadline = System.nanoTime() + time.toNanos();
    }

    void noHurry() {
        deadline = NEVER;
    }

    void check(long now) {
        if (deadline != NEVER && now - deadline > 0) {
            deadline = NEVER;
            Runnable late = onDeadline;
            if (late == null) {
                connection.close();
            } else {
                late.run();
            }
        }
    }

    void close() {
        connection.close();
    }
}

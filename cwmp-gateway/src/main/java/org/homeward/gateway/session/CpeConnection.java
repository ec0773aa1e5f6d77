package org.homeward.gateway.session;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A TCP connection of a CPE. A session hangs on its cookie; the connection remembers it for those CPEs that never
 * return one.
 */
public final class CpeConnection {

    private static final AtomicLong OPENED = new AtomicLong();

    private final long number = OPENED.incrementAndGet();
    private final AtomicReference<@Nullable CpeSession> session = new AtomicReference<>();

    /** Whether the CPE opened the other one after this. */
    boolean isOlderThan(CpeConnection other) {
        return number < other.number;
    }

    void carries(CpeSession opened) {
        session.set(opened);
    }

    @Nullable
    CpeSession session() {
        return session.get();
    }
}

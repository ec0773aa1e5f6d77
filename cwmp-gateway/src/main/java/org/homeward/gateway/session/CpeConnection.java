package org.homeward.gateway.session;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A TCP connection of a CPE. A session hangs on its cookie; the connection remembers it for those CPEs that never
 * return one.
 */
public final class CpeConnection {

    private final AtomicReference<@Nullable CpeSession> session = new AtomicReference<>();

    void carries(CpeSession opened) {
        session.set(opened);
    }

    @Nullable
    CpeSession session() {
        return session.get();
    }
}

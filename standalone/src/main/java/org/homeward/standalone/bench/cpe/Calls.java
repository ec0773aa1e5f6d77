package org.homeward.standalone.bench.cpe;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says which CPE calls when, and hears how that went. Asked by the client's thread alone. */
public interface Calls {

    /**
     * One session that is to be.
     *
     * @param events event codes, such as {@code 2 PERIODIC}
     * @param due when it was to begin, as {@link System#nanoTime()}: what it is late by counts as its duration
     */
    record Call(LoadCpe cpe, List<String> events, long due) {}

    /** How a session ended. */
    enum End {
        SERVED,
        /** With 503: the CPE shall come again. */
        REFUSED,
        FAILED
    }

    /** The next one that is due, null if nobody is. */
    @Nullable
    Call next(long now);

    /** Whether nobody will call any more. */
    boolean isOver(long now);

    /** The call is over. */
    void ended(Call call, End end, long now);

    /** How often to ask for the next one while nothing else happens. */
    int pollMillis();
}

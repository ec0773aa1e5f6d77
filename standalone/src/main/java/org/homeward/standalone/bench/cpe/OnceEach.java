package org.homeward.standalone.bench.cpe;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every CPE calls once, with the same events. */
public final class OnceEach implements Calls {

    private final Iterator<LoadCpe> waiting;
    private final List<String> events;

    private OnceEach(List<LoadCpe> cpes, List<String> events) {
        waiting = cpes.iterator();
        this.events = events;
    }

    /** As boxes fresh from the factory do. */
    public static OnceEach forTheFirstTime(List<LoadCpe> cpes) {
        return new OnceEach(cpes, List.of("0 BOOTSTRAP", "1 BOOT"));
    }

    /** As boxes that are known do every hour. */
    public static OnceEach asUsual(List<LoadCpe> cpes) {
        return new OnceEach(cpes, List.of("2 PERIODIC"));
    }

    @Override
    public @Nullable Call next(long now) {
        return waiting.hasNext() ? new Call(waiting.next(), events, now) : null;
    }

    @Override
    public boolean isOver(long now) {
        return !waiting.hasNext();
    }

    @Override
    public void ended(Call call, End end, long now) {
        // once was enough
    }

    @Override
    public int pollMillis() {
        return 100;
    }
}

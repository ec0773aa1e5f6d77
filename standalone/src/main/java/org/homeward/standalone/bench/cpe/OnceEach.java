package org.homeward.standalone.bench.cpe;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Every CPE calls once, with the same events. */
public final class OnceEach implements Calls {

    /** What a box fresh from the factory says. */
    public static final List<String> FIRST = List.of("0 BOOTSTRAP", "1 BOOT");

    private final Iterator<LoadCpe> waiting;
    private final List<String> events;

    private OnceEach(Iterator<LoadCpe> waiting, List<String> events) {
        this.waiting = waiting;
        this.events = events;
    }

    /** As boxes fresh from the factory do. */
    public static OnceEach forTheFirstTime(List<LoadCpe> cpes) {
        return new OnceEach(cpes.iterator(), FIRST);
    }

    /** New boxes for as long as it lasts. */
    public static OnceEach forTheFirstTime(IntFunction<LoadCpe> numbered, Duration lasting) {
        long until = System.nanoTime() + lasting.toNanos();
        return new OnceEach(
                IntStream.iterate(0, number -> number + 1)
                        .takeWhile(number -> System.nanoTime() - until < 0)
                        .mapToObj(numbered)
                        .iterator(),
                FIRST);
    }

    /** As boxes that are known do every hour. */
    public static OnceEach asUsual(List<LoadCpe> cpes) {
        return new OnceEach(cpes.iterator(), List.of("2 PERIODIC"));
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

package org.homeward.httpconnector.delivery;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * One delivery at a time for each device, and a gap after it. Whoever comes while one is under way shares its outcome:
 * the session that it brings takes up all that is due. Whoever comes in the gap waits for the next turn, because the
 * session may have begun before that caller's order was known.
 */
final class Turns<K, V> {

    /** What is done in a turn. */
    @FunctionalInterface
    interface Work<V> {
        V call() throws InterruptedException;
    }

    private record Turn<V>(CompletableFuture<V> outcome, CompletableFuture<Boolean> over) {
        Turn() {
            this(new CompletableFuture<>(), new CompletableFuture<>());
        }
    }

    private final Duration gap;
    private final ConcurrentMap<K, Turn<V>> turns = new ConcurrentHashMap<>();

    Turns(Duration gap) {
        this.gap = gap;
    }

    /**
     * Does the work, or shares the outcome of the same work under way. Blocking.
     *
     * @throws IllegalStateException when the work of another that this one shares threw
     */
    V once(K who, Work<V> work) throws InterruptedException {
        while (true) {
            Turn<V> mine = new Turn<>();
            Turn<V> other = turns.putIfAbsent(who, mine);
            if (other == null) {
                return take(who, mine, work);
            }
            if (!other.outcome().isDone()) {
                return await(other.outcome());
            }
            await(other.over());
        }
    }

    private V take(K who, Turn<V> mine, Work<V> work) throws InterruptedException {
        try {
            V outcome = work.call();
            mine.outcome().complete(outcome);
            return outcome;
        } finally {
            mine.outcome().completeExceptionally(new IllegalStateException("the turn that was shared failed"));
            CompletableFuture.delayedExecutor(gap.toNanos(), TimeUnit.NANOSECONDS, Runnable::run)
                    .execute(() -> {
                        turns.remove(who, mine);
                        mine.over().complete(true);
                    });
        }
    }

    private static <T> T await(CompletableFuture<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}

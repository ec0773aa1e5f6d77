package org.homeward.httpconnector.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class TurnsTest {

    private static final Duration GAP = Duration.ofMillis(200);

    private final Turns<String, Integer> turns = new Turns<>(GAP);
    private final AtomicInteger done = new AtomicInteger();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void close() {
        mayEnd.countDown();
        threads.close();
    }

    private int work() throws InterruptedException {
        begun.countDown();
        mayEnd.await();
        return done.incrementAndGet();
    }

    @Test
    void sharesTheOutcomeOfTheWorkUnderWay() throws Exception {
        Future<Integer> first = threads.submit(() -> turns.once("a", this::work));
        begun.await();
        CountDownLatch came = new CountDownLatch(1);
        Future<Integer> second = threads.submit(() -> {
            came.countDown();
            return turns.once("a", done::incrementAndGet);
        });
        came.await();
        await().during(Duration.ofMillis(50)).until(() -> !second.isDone());

        mayEnd.countDown();

        assertThat(first.get()).isEqualTo(1);
        assertThat(second.get()).isEqualTo(1);
    }

    @Test
    void letsOthersPass() throws Exception {
        Future<Integer> first = threads.submit(() -> turns.once("a", this::work));
        begun.await();

        int second = turns.once("b", () -> 42);

        assertThat(second).isEqualTo(42);
        assertThat(first.isDone()).isFalse();
    }

    @Test
    void keepsTheGapBetweenTwoTurns() throws Exception {
        turns.once("a", done::incrementAndGet);
        long ended = System.nanoTime();

        int second = turns.once("a", done::incrementAndGet);

        assertThat(second).isEqualTo(2);
        assertThat(Duration.ofNanos(System.nanoTime() - ended)).isGreaterThanOrEqualTo(GAP.minusMillis(20));
    }

    @Test
    void takesOneTurnForAllWhoWaitInTheGap() throws Exception {
        turns.once("a", done::incrementAndGet);

        for (int i = 0; i < 20; i++) {
            threads.submit(() -> turns.once("a", this::work));
        }
        begun.await();
        // Whoever lost the race for the turn shares it now.
        await().during(Duration.ofMillis(100)).until(() -> done.get() == 1);
        mayEnd.countDown();
        threads.close();

        assertThat(done).hasValue(2);
    }

    @Test
    void goesOnAfterWorkThatThrew() throws Exception {
        assertThatThrownBy(() -> turns.once("a", () -> {
                    throw new IllegalArgumentException("broken");
                }))
                .hasMessage("broken");

        assertThat(turns.once("a", () -> 7)).isEqualTo(7);
    }
}

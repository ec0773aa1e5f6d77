package org.homeward.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SupervisorTest {

    private final Supervisor supervisor = new Supervisor(Duration.ofMillis(10));
    private final AtomicBoolean running = new AtomicBoolean(true);
    private final AtomicInteger failures = new AtomicInteger();
    private final List<String> calls = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        supervisor.stop();
    }

    @Test
    void startsAPartAgainThatHasEnded() {
        // Given
        supervisor.watch(List.of(part()));

        // When
        running.set(false);

        // Then
        await().untilAsserted(() -> assertThat(running).isTrue());
        assertThat(calls).containsExactly("stop", "start");
    }

    @Test
    void triesAgainUntilItRuns() {
        // Given
        failures.set(3);
        supervisor.watch(List.of(part()));

        // When
        running.set(false);

        // Then
        await().untilAsserted(() -> assertThat(running).isTrue());
        assertThat(calls).filteredOn("start"::equals).hasSize(4);
    }

    @Test
    void stopsAgainWhatItStartedWhileEverythingWasStopped() {
        // Given
        supervisor.watch(List.of(part(supervisor::stop)));

        // When
        running.set(false);

        // Then
        await().untilAsserted(() -> assertThat(calls).containsExactly("stop", "start", "stop"));
    }

    private Part part() {
        return part(() -> {});
    }

    private Part part(Runnable whileStarting) {
        return new Part(
                "part",
                URI.create("tcp://127.0.0.1:1"),
                Map.of(),
                new Part.Running.Embedded(
                        1,
                        () -> {},
                        () -> {
                            calls.add("start");
                            whileStarting.run();
                            if (failures.getAndDecrement() > 0) {
                                throw new IllegalStateException("not yet");
                            }
                            running.set(true);
                        },
                        () -> calls.add("stop"),
                        running::get));
    }
}

package org.homeward.standalone.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A system that the benchmark starts for itself, on data of its own that begins empty, because none is running. */
final class OwnHouse implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Duration TO_STOP = Duration.ofSeconds(60);

    private final Process process;
    private final Path data;

    private OwnHouse(Process process, Path data) {
        this.process = process;
        this.data = data;
    }

    /** Starts it and returns when it is ready. */
    static OwnHouse start(Path project, int portOffset, Terminal terminal) throws IOException, InterruptedException {
        Path data = project.resolve(".homeward/bench-data");
        delete(data);
        Files.createDirectories(data);
        Path screen = data.resolve("screen.txt");
        Process process = new ProcessBuilder(
                        project.resolve("homeward").toString(),
                        "up",
                        "--open",
                        "--port-offset",
                        Integer.toString(portOffset),
                        "--data",
                        data.toString())
                .redirectErrorStream(true)
                .redirectOutput(screen.toFile())
                .start();
        OwnHouse house = new OwnHouse(process, data);
        Runtime.getRuntime().addShutdownHook(new Thread(house::stop, "stop-house"));
        long until = System.nanoTime() + PATIENCE.toNanos();
        terminal.say("nothing runs yet: starting a system of its own on new data in " + data);
        while (!Files.readString(screen).contains("Homeward is ready")) {
            if (!process.isAlive() || System.nanoTime() - until > 0) {
                house.stop();
                throw new IOException("the system did not start, see " + screen);
            }
            Thread.sleep(Duration.ofMillis(500));
        }
        return house;
    }

    private void stop() {
        // destroy() is SIGTERM, which it answers like Ctrl-C
        process.destroy();
        try {
            if (!process.waitFor(TO_STOP.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        stop();
        delete(data);
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> found = Files.walk(directory)) {
            all = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.deleteIfExists(path);
        }
    }
}

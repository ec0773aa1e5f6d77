package org.homeward.standalone.drill.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Signals to processes of ours. */
public final class Processes {

    private Processes() {}

    /** {@code kill -9}; returns when it is gone. */
    public static void kill(ProcessHandle process) {
        process.destroyForcibly();
        process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
    }

    /** Sends a signal such as {@code STOP} or {@code CONT}. */
    static void signal(ProcessHandle process, String name) {
        try {
            new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Those that still run on a data directory, by what their command lines name; the drill itself is none of them. */
    public static List<ProcessHandle> runningOn(Path data) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(process -> process.info().commandLine().orElse("").contains(data + "/"))
                .filter(ProcessHandle::isAlive)
                .toList();
    }
}

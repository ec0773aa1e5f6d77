package org.homeward.standalone.drill.site;

import java.util.Optional;
import java.util.function.Supplier;

/** A broker or a database in a process of its own that this JVM starts. */
record Backend(String name, Runnable starts, Runnable stops, Supplier<Optional<ProcessHandle>> process)
        implements Target {

    @Override
    public void start() {
        if (!isRunning()) {
            stops.run(); // what a killed one left behind in our books
            starts.run();
        }
    }

    @Override
    public void stop() {
        stops.run();
    }

    @Override
    public void kill() {
        process.get().ifPresent(Processes::kill);
    }

    @Override
    public boolean isRunning() {
        return process.get().filter(ProcessHandle::isAlive).isPresent();
    }
}

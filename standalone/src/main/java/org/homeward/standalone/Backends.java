package org.homeward.standalone;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import org.homeward.backends.process.Ports;
import org.homeward.standalone.Part.Running.Embedded;
import org.jboss.logging.Logger;

/** Starts the embedded ones of the parts side by side, and stops them one after the other. */
final class Backends {

    private static final Logger LOG = Logger.getLogger(Backends.class);

    private final List<Part> parts;
    private final Supervisor supervisor = new Supervisor();

    Backends(List<Part> parts) {
        this.parts = parts;
    }

    /** Ends what a killed start left running on our data. */
    void reclaim() {
        embedded().forEach(part -> part.reclaim().run());
    }

    /** Fails on the first port of ours that is taken, before anything is started. */
    void requireFreePorts() {
        for (var part : parts) {
            if (part.ours() instanceof Embedded ours) {
                Ports.requireFree(ours.port(), part.name());
            }
        }
    }

    /** Starts them all and returns when all are ready, or throws what kept the first one from it. */
    void start(Progress progress) {
        try (var threads = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().daemon().name("start-", 0).factory())) {
            var starts = new ArrayList<CompletableFuture<Void>>();
            for (var part : parts) {
                switch (part.ours()) {
                    case Embedded ours ->
                        starts.add(CompletableFuture.runAsync(
                                () -> progress.track(part.name(), ":" + ours.port(), ours.start()), threads));
                    case Part.Running.External() -> progress.note(part.name() + " is external: " + where(part));
                }
            }
            CompletableFuture.allOf(starts.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** Starts each of them again that ends by itself from now on. */
    void supervise() {
        supervisor.watch(parts);
    }

    /** From now on those that end are left alone. */
    void leaveAlone() {
        supervisor.stop();
    }

    /** Stops them in order, the last one first. A part that fails to stop does not keep the others from it. */
    void stop() {
        for (var part : embedded().reversed()) {
            try {
                part.stop().run();
            } catch (RuntimeException e) {
                LOG.warn("a backend did not stop in order", e);
            }
        }
    }

    private List<Embedded> embedded() {
        return parts.stream()
                .map(Part::ours)
                .filter(Embedded.class::isInstance)
                .map(Embedded.class::cast)
                .toList();
    }

    private static String where(Part part) {
        return part.address().getHost() + ":" + part.address().getPort();
    }
}

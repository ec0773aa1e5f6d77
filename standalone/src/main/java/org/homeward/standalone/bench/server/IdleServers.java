package org.homeward.standalone.bench.server;

import java.io.IOException;
import java.time.Duration;

/** For servers whose backlog nobody can be asked about: it is empty when they have come to rest. */
public record IdleServers(Watched servers) implements Backlog {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final double AT_REST = 0.05;
    private static final int LOOKS = 2;

    /** CPU use below five per cent of a core for two seconds in a row. */
    @Override
    public void awaitEmpty() throws IOException, InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        int quiet = 0;
        Watched.Reading before = servers.read();
        while (quiet < LOOKS && System.nanoTime() - until < 0) {
            Thread.sleep(Duration.ofSeconds(1));
            Watched.Reading now = servers.read();
            quiet = now.since(before).seconds() < AT_REST ? quiet + 1 : 0;
            before = now;
        }
    }
}

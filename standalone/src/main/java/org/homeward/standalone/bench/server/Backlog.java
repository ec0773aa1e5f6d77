package org.homeward.standalone.bench.server;

import java.io.IOException;

/** What the servers have taken in and not dealt with yet. */
public interface Backlog {

    /**
     * Returns when there is none left.
     *
     * @throws IOException if it does not come to an end, or nobody can be asked
     */
    void awaitEmpty() throws IOException, InterruptedException;
}

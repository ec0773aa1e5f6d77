package org.homeward.backends.process;

import java.io.Serial;

/** Somebody else listens on a port that we need. */
public final class PortTakenException extends IllegalStateException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final int port;

    public PortTakenException(int port, String wantedBy) {
        super("port " + port + " (" + wantedBy + ") is taken by another process");
        this.port = port;
    }

    public int port() {
        return port;
    }
}

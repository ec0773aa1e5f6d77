package org.homeward.simulator.soap;

/** What came is not an envelope a CPE can read; the session has failed (TR-069 3.5). */
public final class MalformedEnvelopeException extends Exception {
    private static final long serialVersionUID = 1L;

    public MalformedEnvelopeException(String message) {
        super(message);
    }

    public MalformedEnvelopeException(String message, Throwable cause) {
        super(message, cause);
    }
}

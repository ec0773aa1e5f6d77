package org.homeward.kit.consumer;

/** Something that a handler needs is away; no event is at fault. */
public final class DependencyUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1;

    public DependencyUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}

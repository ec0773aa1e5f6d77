package org.homeward.standalone.drill.site;

/** Something that a drill can do harm to. */
public interface Target {

    String name();

    /** Starts it, and returns when it is ready; does nothing if it runs. */
    void start();

    /** Stops it in order. */
    void stop();

    /** {@code kill -9}; returns when the process is gone. Does nothing if none runs. */
    void kill();

    boolean isRunning();
}

package org.homeward.standalone;

import java.net.URI;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * One backend of the house: either started and stopped by us, or given from outside.
 *
 * @param name for people
 * @param address how readiness is asked: {@code http} by a request, {@code tcp} by a connection
 * @param settings what the services need to know to use it
 * @param ours how it is run, if it is ours
 */
record Part(String name, URI address, Map<String, String> settings, Running ours) {

    /** How a part is run. */
    sealed interface Running {

        /**
         * By us.
         *
         * @param isRunning whether it has been started and has not ended
         */
        record Embedded(int port, Runnable reclaim, Runnable start, Runnable stop, BooleanSupplier isRunning)
                implements Running {}

        /** By somebody else, so there is nothing to do. */
        record External() implements Running {}
    }
}

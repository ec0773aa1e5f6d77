package org.homeward.standalone;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;

/** The services while they run: says so once all have started, then waits for the end. */
public final class Running implements QuarkusApplication {

    /** Quarkus makes the instance, so what it shall do arrives beside it. */
    private static volatile Runnable onReady = () -> {};

    static void onReady(Runnable announce) {
        onReady = announce;
    }

    @Override
    public int run(String... arguments) {
        onReady.run();
        Quarkus.waitForExit();
        return 0;
    }
}

package org.homeward.standalone;

import java.net.URI;
import java.time.Duration;
import org.homeward.simulator.Credentials;
import org.homeward.simulator.fleet.Fleet;

/** The simulated CPEs of {@code --demo N}: they call home as any CPE would, with the factory's credentials. */
record Demo(CommandLine.Start start, Secrets secrets) {

    /** First contacts come at fifty a second, so that the first devices show at once. */
    private static final Duration BETWEEN_FIRST_CONTACTS = Duration.ofMillis(20);

    /** Starts them if any are wanted; the same ones at every start. They end with the process. */
    void begin() {
        if (start.demo() > 0) {
            Fleet.of(URI.create(ServiceSettings.acsUrl(start.ports())), start.demo())
                    .credentials(_ -> credentials())
                    .start(BETWEEN_FIRST_CONTACTS.multipliedBy(start.demo()));
        }
    }

    private Credentials credentials() {
        return start.open()
                ? Credentials.none()
                : Credentials.digest(secrets.factoryUsername(), secrets.factoryPassword());
    }
}

package org.homeward.standalone.drill.site;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import org.homeward.simulator.Credentials;

/** A system that a drill runs on. */
public interface Site extends AutoCloseable {

    /** What can be killed. */
    List<Target> targets();

    /** Those among them that answer CPEs and callers. */
    List<Services> services();

    /** Where CPEs call. */
    URI acs();

    /** What CPEs come with. */
    Credentials factory();

    /** Where REST answers. */
    List<URI> rest();

    /** Where tokens are given out. */
    URI tokens();

    /** Host and port of the broker. */
    String kafka();

    /** JDBC URLs of the services' databases, with user and password. */
    List<String> databases();

    /** Ports that must be free once it has stopped. */
    List<Integer> ports();

    /** What still runs on its data. */
    List<ProcessHandle> processes();

    /** Is told from now on when a gateway was away. */
    default void onOutage(BiConsumer<Instant, Instant> listener) {
        services().forEach(services -> services.onOutage(listener));
    }

    default Target target(String name) {
        return targets().stream()
                .filter(target -> target.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("nothing here is called " + name));
    }

    /** Stops all of it in order. */
    @Override
    void close();
}

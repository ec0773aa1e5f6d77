package org.homeward.registry;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;
import java.util.List;

/** Settings of the device registry. */
@ConfigMapping(prefix = "homeward.registry")
public interface RegistryConfig {

    /** Name of this instance in the events that it publishes. */
    String instance();

    /** Whether this instance reads events and watches for silent devices; others only answer REST. */
    boolean consume();

    /**
     * How long events may gather, where many come, before they are taken in together. What people see is older by that
     * much; a session costs PostgreSQL a third.
     */
    Duration longestRest();

    Contact contact();

    Twin twin();

    History history();

    Sessions sessions();

    /** How long orders, registrations, online and offline stay in timelines. */
    Duration timelineRetention();

    /** For how many devices the print of the last Inform is kept in memory. */
    int rememberedInforms();

    /** When a device counts as silent. */
    interface Contact {

        /** For how long an Inform with the same events as the last is not noted: last contact is exact to this. */
        Duration coalesce();

        /** After how many periodic intervals without an Inform a device is offline. */
        int missedIntervals();

        /** What is added to that: retries, clocks, our own queues. */
        Duration grace();

        /** The interval of devices that did not tell theirs. */
        Duration defaultInterval();

        /** How often silent devices are looked for. */
        Duration watch();

        /** Silence of our own: events older than this when they are handled mean that there was an outage. */
        Duration late();

        /** So many devices silent at once, while nothing at all is heard, are an outage of ours rather than theirs. */
        int crowd();
    }

    interface Twin {

        String database();

        /** Parameters that a block may hold before it is split. */
        int maxBlock();

        /** Parameters to keep in memory, of all devices together. */
        int remembered();
    }

    interface History {

        /** Paths whose changes are no history; {@code *} stands for anything. */
        List<String> noisy();

        Duration retention();

        /** The latest so many events with changes of each device are kept. */
        int perDevice();
    }

    interface Sessions {

        Duration retention();

        /** A session of which no end was heard for so long is lost. */
        Duration lostAfter();
    }
}

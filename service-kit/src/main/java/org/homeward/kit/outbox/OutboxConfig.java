package org.homeward.kit.outbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What operators set of all outboxes. */
@ConfigMapping(prefix = "homeward.outbox")
public interface OutboxConfig {

    /** How long an event that Kafka will never take is kept for people to look at. */
    @WithDefault("30d")
    Duration keepDead();

    /** How often what was kept long enough is looked for. */
    @WithDefault("10m")
    Duration sweepInterval();
}

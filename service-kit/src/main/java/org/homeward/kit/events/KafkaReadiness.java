package org.homeward.kit.events;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once records can be published; not while the broker is away. */
@Readiness
@ApplicationScoped
public class KafkaReadiness implements HealthCheck {

    private final EventPublisher publisher;

    public KafkaReadiness(EventPublisher publisher) {
        this.publisher = publisher;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("kafka")
                .status(publisher.isAvailable())
                .build();
    }
}

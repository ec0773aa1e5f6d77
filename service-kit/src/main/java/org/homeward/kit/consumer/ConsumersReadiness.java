package org.homeward.kit.consumer;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready when every consumer is in its group and gets on; says of the others what they wait for. */
@Readiness
@ApplicationScoped
public class ConsumersReadiness implements HealthCheck {

    private final Consumers consumers;

    public ConsumersReadiness(Consumers consumers) {
        this.consumers = consumers;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("consumers");
        boolean ready = true;
        for (BatchConsumer consumer : consumers.consumers()) {
            if (!consumer.isReady()) {
                ready = false;
                response.withData(consumer.name(), "waits for " + consumer.waitingFor());
            } else {
                response.withData(consumer.name(), "reads");
            }
        }
        return response.status(ready).build();
    }
}

package org.homeward.stunconnector;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready once devices can keep bindings open here and requests for them can come in. */
@Readiness
@ApplicationScoped
public class StunReadiness implements HealthCheck {

    private final StunConnector service;

    public StunReadiness(StunConnector service) {
        this.service = service;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("stun-connector");
        return service.connector()
                .map(running -> response.withData("port", running.port())
                        .withData("partition", running.partition().isPresent())
                        .withData("bindings", running.bindings().size())
                        .status(running.isOpen() && running.partition().isPresent()))
                .orElseGet(() -> response.withData("enabled", false).up())
                .build();
    }
}

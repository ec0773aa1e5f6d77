package org.homeward.gateway;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready once CPEs can be served: the port is bound, plans can come back, credentials are known. Where no CPEs are to be
 * served there is nothing to wait for. The broker's own check is the kit's.
 */
@Readiness
@ApplicationScoped
public class GatewayReadiness implements HealthCheck {

    private final GatewayService gateway;

    public GatewayReadiness(GatewayService gateway) {
        this.gateway = gateway;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("cwmp-gateway");
        return gateway.gateway()
                .map(serving -> response.withData("port", serving.port())
                        .withData("partition", serving.hasPartition())
                        .withData("credentials", serving.knowsCredentials())
                        .status(serving.port() > 0 && serving.hasPartition() && serving.knowsCredentials()))
                .orElseGet(() -> response.withData("enabled", false).up())
                .build();
    }
}

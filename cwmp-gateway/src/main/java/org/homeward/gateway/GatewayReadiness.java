package org.homeward.gateway;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once CPEs can be served: the port is bound, and plans can come back. The broker's own check is the kit's. */
@Readiness
@ApplicationScoped
public class GatewayReadiness implements HealthCheck {

    private final GatewayService gateway;

    public GatewayReadiness(GatewayService gateway) {
        this.gateway = gateway;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("cwmp-gateway")
                .withData("port", gateway.port())
                .withData("partition", gateway.hasPartition())
                .status(gateway.port() > 0 && gateway.hasPartition())
                .build();
    }
}

package org.homeward.gateway;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once CPEs can be served: the port is bound, plans can come back, credentials are known. The broker's own check is the kit's. */
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
                .withData("credentials", gateway.knowsCredentials())
                .status(gateway.port() > 0 && gateway.hasPartition() && gateway.knowsCredentials())
                .build();
    }
}

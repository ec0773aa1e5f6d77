package org.homeward.xmppconnector;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.homeward.xmppconnector.stream.XmppStream;

/**
 * Tells whether there is a stream to the XMPP server, and why not. It is ready either way, for it answers what it cannot
 * send: in a process with other services an XMPP server that is down must not take those out of service.
 */
@Readiness
@ApplicationScoped
public class XmppReadiness implements HealthCheck {

    private final XmppConnector service;

    public XmppReadiness(XmppConnector service) {
        this.service = service;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named(Connector.NAME);
        return service.connector()
                .map(running -> of(running.stream(), response))
                .orElseGet(() -> response.withData("enabled", false).up())
                .build();
    }

    private static HealthCheckResponseBuilder of(XmppStream stream, HealthCheckResponseBuilder response) {
        response.withData("connected", stream.isUp());
        return (stream.isUp()
                        ? response.withData("underWay", stream.underWay())
                        : response.withData("trouble", stream.trouble()))
                .up();
    }
}

package org.homeward.xmppconnector;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.Optional;
import org.homeward.kit.consumer.Consumers;
import org.homeward.kit.events.EventPublisher;
import org.homeward.kit.security.DeviceSecrets;
import org.homeward.kit.security.FieldCipher;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Makes the connector from configuration, starts it with the process and stops it in order. */
@ApplicationScoped
public class XmppConnector {

    private static final Logger LOG = Logger.getLogger(XmppConnector.class);

    private final ConnectorConfig config;
    private final Connector.Surroundings around;
    private @Nullable Connector connector;

    public XmppConnector(
            ConnectorConfig config,
            Consumers consumers,
            EventPublisher publisher,
            FieldCipher cipher,
            DeviceSecrets secrets,
            MeterRegistry meters) {
        this.config = config;
        this.around = new Connector.Surroundings(
                consumers, publisher, text -> open(cipher, text), secrets::fingerprint, meters, Clock.systemUTC());
    }

    private static Optional<String> open(FieldCipher cipher, String sealedPassword) {
        try {
            return Optional.of(cipher.open(sealedPassword));
        } catch (FieldCipher.UnreadableSecret e) {
            return Optional.empty();
        }
    }

    void start(@Observes StartupEvent event) {
        if (!config.enabled()) {
            return;
        }
        if (config.domain().isEmpty()) {
            LOG.info("no XMPP: homeward.xmpp-connector.domain is not set");
            return;
        }
        connector = new Connector(config, around).start();
    }

    /** After the consumers have stopped; the publisher goes later. */
    void stop(@Observes @Priority(2) ShutdownEvent event) {
        if (connector != null) {
            connector.close();
        }
    }

    /** What runs, unless this process speaks no XMPP. */
    Optional<Connector> connector() {
        return Optional.ofNullable(connector);
    }
}

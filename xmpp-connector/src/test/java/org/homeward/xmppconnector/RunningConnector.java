package org.homeward.xmppconnector;

import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.homeward.kit.consumer.Consumers;
import org.homeward.kit.events.EventPublisher;
import org.homeward.kit.events.KafkaConfig;
import org.homeward.kit.security.DeviceSecrets;
import org.homeward.xmppconnector.server.Prosody;

/** A connector with a producer and consumers of its own: a process, as far as Kafka and the XMPP server can tell. */
final class RunningConnector implements AutoCloseable {

    static final DeviceSecrets SECRETS = new DeviceSecrets("a fleet secret of tests, long enough");

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final EventPublisher publisher;
    private final Consumers consumers;
    final Connector connector;

    /** Starts it. A password that was sealed with another key is one that begins with {@code foreign}. */
    RunningConnector(String bootstrapServers, Prosody server, String id, Map<String, String> more) {
        KafkaConfig kafka = KafkaConfig.forBroker(bootstrapServers);
        publisher = new EventPublisher(kafka, meters).start();
        consumers = new Consumers(kafka, publisher, meters);
        connector = new Connector(
                        config(server, id, more),
                        new Connector.Surroundings(
                                consumers,
                                publisher,
                                locked -> locked.startsWith("foreign") ? Optional.empty() : Optional.of(locked),
                                SECRETS::fingerprint,
                                meters,
                                Clock.systemUTC()))
                .start();
    }

    RunningConnector signedIn() {
        await().atMost(Desk.PATIENCE).until(() -> connector.stream().isUp());
        return this;
    }

    double count(String meter) {
        return meters.get(meter).counter().count();
    }

    static ConnectorConfig config(Prosody server, String id, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "homeward.xmpp-connector.domain",
                Prosody.DOMAIN,
                "homeward.xmpp-connector.host",
                "127.0.0.1",
                "homeward.xmpp-connector.port",
                String.valueOf(server.port()),
                "homeward.xmpp-connector.username",
                Prosody.CONNECTOR,
                "homeward.xmpp-connector.password",
                Prosody.CONNECTOR_PASSWORD,
                "homeward.xmpp-connector.ca-file",
                server.certificates().ca().toString(),
                "homeward.xmpp-connector.connector-id",
                id,
                "homeward.xmpp-connector.device-domains",
                Prosody.DOMAIN + "," + Prosody.FLEET,
                "homeward.xmpp-connector.min-retry",
                "100ms",
                "homeward.xmpp-connector.max-retry",
                "1s"));
        settings.put("homeward.xmpp-connector.answer-timeout", "60s");
        settings.putAll(more);
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withMapping(ConnectorConfig.class);
        settings.forEach(builder::withDefaultValue);
        return builder.build().getConfigMapping(ConnectorConfig.class);
    }

    @Override
    public void close() {
        consumers.close();
        connector.close();
        publisher.close();
    }
}

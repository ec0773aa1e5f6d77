package org.homeward.stunconnector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.homeward.contracts.DeviceKey;
import org.homeward.kit.consumer.Consumers;
import org.homeward.kit.events.EventPublisher;
import org.homeward.kit.events.KafkaConfig;
import org.homeward.kit.security.DeviceSecrets;
import org.homeward.stunconnector.codec.Integrity;
import org.homeward.stunconnector.codec.StunMessage;
import org.homeward.stunconnector.codec.StunWriter;
import org.homeward.stunconnector.server.udp.PortTaken;
import org.homeward.stunconnector.server.udp.Question;

/** A connector with a producer and consumers of its own: a process, as far as Kafka can tell. */
final class RunningConnector implements AutoCloseable {

    private static final DeviceSecrets SECRETS = new DeviceSecrets("a fleet secret of tests, long enough");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final EventPublisher publisher;
    private final Consumers consumers;
    final Connector connector;

    /** Starts it and waits until it has a partition. */
    RunningConnector(String bootstrapServers, String id, Clock clock, Map<String, String> more) throws PortTaken {
        KafkaConfig kafka = KafkaConfig.forBroker(bootstrapServers);
        publisher = new EventPublisher(kafka, meters).start();
        consumers = new Consumers(kafka, publisher, meters);
        connector = new Connector(
                        config(id, more),
                        new Connector.Surroundings(
                                kafka,
                                consumers,
                                publisher,
                                Optional::of,
                                SECRETS::stunPassword,
                                meters,
                                clock,
                                System::nanoTime))
                .start();
        await().atMost(PATIENCE).until(() -> connector.partition().isPresent());
    }

    private static ConnectorConfig config(String id, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "homeward.stun-connector.host", "127.0.0.1",
                "homeward.stun-connector.port", "0",
                "homeward.stun-connector.alternate-port", "0",
                "homeward.stun-connector.connector-id", id));
        settings.putAll(more);
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withMapping(ConnectorConfig.class);
        settings.forEach(builder::withDefaultValue);
        return builder.build().getConfigMapping(ConnectorConfig.class);
    }

    static String stunUsernameOf(DeviceKey device) {
        return SECRETS.stunUsername(device);
    }

    static String stunPasswordOf(DeviceKey device) {
        return SECRETS.stunPassword(device);
    }

    /** What a device sends from the port that it takes connection requests at. */
    static byte[] keepAliveOf(DeviceKey device) {
        return StunWriter.message(StunMessage.BINDING_REQUEST, new byte[16])
                .connectionRequestBinding()
                .username(SECRETS.stunUsername(device))
                .integrity(Integrity.FILLED, SECRETS.stunPassword(device))
                .bytes();
    }

    /** A device keeps its binding open; returns when that was confirmed. */
    void keepAlive(Question cpe, DeviceKey device) throws IOException {
        assertThat(cpe.ask(keepAliveOf(device), connector.port()).message().type())
                .isEqualTo(StunMessage.BINDING_RESPONSE);
    }

    @Override
    public void close() {
        connector.close();
        consumers.close();
        publisher.close();
    }
}

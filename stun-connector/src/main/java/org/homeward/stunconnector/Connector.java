package org.homeward.stunconnector;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.Topic;
import org.homeward.kit.consumer.Consumers;
import org.homeward.kit.consumer.OwnPartition;
import org.homeward.kit.consumer.TailSpec;
import org.homeward.kit.events.EventFactory;
import org.homeward.kit.events.EventPublisher;
import org.homeward.kit.events.KafkaConfig;
import org.homeward.kit.security.DeviceSecrets;
import org.homeward.stunconnector.binding.BindingTimes;
import org.homeward.stunconnector.binding.Bindings;
import org.homeward.stunconnector.binding.events.BindingTopic;
import org.homeward.stunconnector.delivery.Delivery;
import org.homeward.stunconnector.delivery.DeliverySettings;
import org.homeward.stunconnector.delivery.events.UdpConnectionRequests;
import org.homeward.stunconnector.server.Credentials;
import org.homeward.stunconnector.server.ProvenAddresses;
import org.homeward.stunconnector.server.RateLimit;
import org.homeward.stunconnector.server.ServerRules;
import org.homeward.stunconnector.server.StunServer;
import org.homeward.stunconnector.server.udp.PortTaken;
import org.homeward.stunconnector.server.udp.StunSockets;
import org.jboss.logging.Logger;

/**
 * One connector, put together: the sockets, the bindings that are kept open to them, and the partition on which it is
 * asked for connection requests.
 */
final class Connector implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Connector.class);
    private static final String NAME = "stun-connector";
    private static final Duration SWEEP = Duration.ofSeconds(5);

    /** How long the brain may go on sending to a partition that went to another connector. */
    private static final Duration REMEMBERED = Duration.ofMinutes(2);

    /**
     * What the connector works with.
     *
     * @param stunPassword what a device signs with
     * @param nanos {@link System#nanoTime}, or what stands for it
     */
    record Surroundings(
            KafkaConfig kafka,
            Consumers consumers,
            EventPublisher publisher,
            Delivery.Unsealer unsealer,
            Function<DeviceKey, String> stunPassword,
            MeterRegistry meters,
            Clock clock,
            LongSupplier nanos) {}

    private final Consumers consumers;
    private final Bindings bindings;
    private final StunSockets sockets;
    private final BindingTopic topic;
    private final OwnPartition partition;

    /** @throws PortTaken when another process has one of its ports */
    Connector(ConnectorConfig config, Surroundings around) throws PortTaken {
        this.consumers = around.consumers();
        this.bindings = new Bindings(
                new BindingTimes(config.bindingLifetime(), config.bindingMemory(), config.bindingRefresh()),
                around.nanos());
        this.sockets = new StunSockets(
                new StunSockets.Place(
                        config.host(),
                        config.port(),
                        config.alternatePort(),
                        config.publicAddresses().orElse(List.of()).stream()
                                .map(InetAddress::ofLiteral)
                                .toList()),
                new StunServer(
                        new ServerRules(config.requireIntegrity(), config.answerPlain()),
                        username -> known(username, around.stunPassword()),
                        bindings,
                        new RateLimit(config.maxPerAddress(), config.maxPerNetwork(), around.nanos()),
                        new ProvenAddresses(config.bindingLifetime(), around.nanos())),
                around.meters());
        String id = idOf(config);
        EventFactory events = new EventFactory(around.clock(), "/" + NAME + "/" + id);
        UdpConnectionRequests requests = new UdpConnectionRequests(
                new Delivery(
                        bindings, sockets, around.unsealer(), new DeliverySettings(config.copies()), around.clock()),
                around.publisher(),
                events,
                around.meters());
        this.topic = new BindingTopic(bindings, around.publisher(), events, id, this::partition, around.clock());
        this.partition = new OwnPartition(
                around.kafka(),
                consumers,
                new OwnPartition.Owner(Topic.WAKEUP_REQUESTS_STUN, NAME, id, REMEMBERED),
                around.clock(),
                requests::follow,
                number -> bindings.tellAll());
        Gauge.builder("homeward.stun.bindings", bindings, Bindings::size)
                .description("Devices that a binding is remembered of, lapsed ones included")
                .register(around.meters());
    }

    private static Optional<Credentials.Known> known(String username, Function<DeviceKey, String> password) {
        return DeviceSecrets.deviceOfStunUsername(username)
                .map(device -> new Credentials.Known(device, password.apply(device)));
    }

    /** The id that is configured, or made from the host's name. */
    private static String idOf(ConnectorConfig config) {
        return config.connectorId().orElseGet(() -> {
            try {
                String host = InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9_-]", "-");
                return host.substring(0, Math.min(24, host.length()));
            } catch (UnknownHostException e) {
                LOG.debugf(e, "this host has no name");
                return NAME;
            }
        });
    }

    /** First what was known before a restart, then the partition: a request that comes then finds the bindings there. */
    Connector start() {
        bindings.tell(topic);
        sockets.every(bindings::sweep, SWEEP.toMillis());
        consumers
                .follow(TailSpec.fromBeginning("stun-bindings", Topic.WAKEUP_BINDINGS, topic::follow))
                .caughtUp()
                .thenRun(partition::start);
        return this;
    }

    int port() {
        return sockets.port();
    }

    int alternatePort() {
        return sockets.alternatePort();
    }

    boolean isOpen() {
        return sockets.isOpen();
    }

    OptionalInt partition() {
        return partition.partition();
    }

    Bindings bindings() {
        return bindings;
    }

    @Override
    public void close() {
        partition.close();
        sockets.close();
    }
}

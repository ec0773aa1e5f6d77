package org.homeward.httpconnector;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.homeward.contracts.Topic;
import org.homeward.httpconnector.delivery.ConnectionRequestExchange;
import org.homeward.httpconnector.delivery.Delivery;
import org.homeward.httpconnector.delivery.ExchangeSettings;
import org.homeward.httpconnector.delivery.NetworkPace;
import org.homeward.httpconnector.delivery.events.ConnectionRequests;
import org.homeward.httpconnector.digest.Credential.Policy;
import org.homeward.httpconnector.egress.EgressRule;
import org.homeward.httpconnector.egress.Network;
import org.homeward.kit.consumer.ConsumerSpec;
import org.homeward.kit.consumer.Consumers;
import org.homeward.kit.events.EventFactory;
import org.homeward.kit.events.EventPublisher;
import org.homeward.kit.security.FieldCipher;

/** Puts the connector together from its configuration, starts it with the process and stops it in order. */
@ApplicationScoped
public class HttpConnector {

    /** Name of the consumer group, and of the connector in metrics and health. */
    static final String NAME = "http-connector";

    /** Time for a result to reach Kafka after its delivery has ended. */
    private static final Duration TO_PUBLISH = Duration.ofSeconds(2);

    private final Consumers consumers;
    private final ConnectionRequestExchange exchange;
    private final ConnectionRequests requests;

    public HttpConnector(
            ConnectorConfig config,
            Consumers consumers,
            EventPublisher publisher,
            FieldCipher cipher,
            MeterRegistry meters) {
        this.consumers = consumers;
        Clock clock = Clock.systemUTC();
        exchange = new ConnectionRequestExchange(new ExchangeSettings(
                config.connectTimeout(),
                config.busyPause(),
                config.allowBasic() ? Policy.DIGEST_OR_BASIC : Policy.DIGEST_ONLY,
                ExchangeSettings.tls(config.verifyCertificates()),
                config.verifyCertificates(),
                config.sourceAddresses().orElse(List.of()).stream()
                        .map(InetAddress::ofLiteral)
                        .toList()));
        EgressRule egress = new EgressRule(
                config.allowedNetworks().orElse(List.of()).stream()
                        .map(Network::parse)
                        .toList(),
                config.allowedHostNames().orElse(List.of()),
                InetAddress::getByName);
        Delivery delivery = new Delivery(
                egress,
                exchange,
                text -> open(cipher, text),
                config.answerTimeout(),
                config.gap(),
                new NetworkPace(config.maxPerNetwork(), System::nanoTime),
                clock);
        requests = new ConnectionRequests(
                delivery,
                publisher,
                new EventFactory(clock, "/" + NAME),
                config.maxInFlight(),
                config.answerTimeout().plus(config.gap()).plus(TO_PUBLISH),
                meters);
    }

    private static Optional<String> open(FieldCipher cipher, String sealedPassword) {
        try {
            return Optional.of(cipher.open(sealedPassword));
        } catch (FieldCipher.UnreadableSecret e) {
            return Optional.empty();
        }
    }

    void start(@Observes StartupEvent event) {
        consumers.start(ConsumerSpec.of(NAME, List.of(Topic.WAKEUP_REQUESTS_HTTP), requests));
    }

    /** After the consumers have stopped; the publisher goes later. */
    void stop(@Observes @Priority(2) ShutdownEvent event) {
        requests.close();
        exchange.close();
    }
}

package org.homeward.gateway;

import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.homeward.contracts.DeviceKey;
import org.homeward.kit.consumer.Consumers;
import org.homeward.kit.events.EventPublisher;
import org.homeward.kit.events.KafkaConfig;

/** A gateway on a real broker, and a brain that follows a script; no container. */
public final class GatewayFixture implements AutoCloseable {

    public final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    public final ScriptedBrain brain;
    public final Gateway gateway;
    public final EventPublisher publisher;
    private final Vertx vertx = Vertx.vertx();
    private final Consumers consumers;

    /** @param settings of {@code homeward.cwmp}, in pairs */
    public GatewayFixture(String bootstrapServers, String... settings) {
        KafkaConfig kafka = KafkaConfig.forBroker(bootstrapServers);
        publisher = new EventPublisher(kafka, meters).start();
        publisher.ready().toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
        consumers = new Consumers(kafka, publisher, meters);
        Map<String, String> all = new HashMap<>(Map.of("port", "0", "host", "127.0.0.1", "gateway-id", "gw-test"));
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        GatewayConfig config = config(all);
        brain = new ScriptedBrain(config.gatewayId().orElseThrow(), publisher, consumers);
        gateway = new Gateway(
                        config,
                        new Gateway.Surroundings(
                                vertx,
                                new HttpServerOptions().setHost(config.host()).setPort(config.port()),
                                kafka,
                                publisher,
                                consumers,
                                new TestKeys(),
                                meters,
                                Clock.systemUTC()))
                .start();
        await().atMost(Duration.ofSeconds(30)).until(() -> gateway.hasPartition() && gateway.knowsCredentials());
    }

    private static GatewayConfig config(Map<String, String> settings) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withMapping(GatewayConfig.class);
        settings.forEach((key, value) -> builder.withDefaultValue("homeward.cwmp." + key, value));
        return builder.build().getConfigMapping(GatewayConfig.class);
    }

    public int port() {
        return gateway.port();
    }

    public String url() {
        return "http://127.0.0.1:" + port() + "/";
    }

    public double count(String meter, String... tags) {
        return meters.find(meter).tags(tags).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    @Override
    public void close() {
        gateway.close();
        consumers.close();
        publisher.close();
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    /** Keys that can be told apart at sight. */
    private record TestKeys() implements KeyRing {
        @Override
        public String seal(String clear) {
            return "sealed:" + Base64.getEncoder().encodeToString(clear.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String open(String sealed) {
            return new String(Base64.getDecoder().decode(sealed.substring("sealed:".length())), StandardCharsets.UTF_8);
        }

        @Override
        public String acsPassword(DeviceKey device) {
            return "secret-of-" + device.device().serialNumber();
        }

        @Override
        public byte[] nonceKey() {
            return "a key for tests".getBytes(StandardCharsets.UTF_8);
        }
    }
}

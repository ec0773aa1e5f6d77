package org.homeward.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.quarkus.tls.runtime.config.TlsConfigUtils;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.homeward.contracts.DeviceKey;
import org.homeward.kit.consumer.Consumers;
import org.homeward.kit.events.EventPublisher;
import org.homeward.kit.events.KafkaConfig;
import org.homeward.kit.security.DeviceSecrets;
import org.homeward.kit.security.FieldCipher;
import org.homeward.kit.security.SecretsConfig;
import org.jspecify.annotations.Nullable;

/** Makes the gateway from configuration, starts it with the process and stops it in order. */
@ApplicationScoped
public class GatewayService {

    private static final String TLS = "cwmp";

    /** None where this process serves no CPEs. */
    private final @Nullable Gateway gateway;

    public GatewayService(
            GatewayConfig config,
            Vertx vertx,
            KafkaConfig kafka,
            EventPublisher publisher,
            Consumers consumers,
            FieldCipher cipher,
            DeviceSecrets devices,
            SecretsConfig secrets,
            TlsConfigurationRegistry tls,
            MeterRegistry meters) {
        this.gateway = config.enabled()
                ? new Gateway(
                        config,
                        new Gateway.Surroundings(
                                vertx,
                                listener(config, tls),
                                kafka,
                                publisher,
                                consumers,
                                new Keys(cipher, devices, secrets.fleet().orElseThrow()),
                                meters,
                                Clock.systemUTC()))
                : null;
    }

    private static HttpServerOptions listener(GatewayConfig config, TlsConfigurationRegistry registry) {
        HttpServerOptions options =
                new HttpServerOptions().setHost(config.host()).setPort(config.port());
        if (config.tls()) {
            var tls = registry.get(TLS)
                    .orElseThrow(() -> new IllegalStateException("homeward.cwmp.tls needs quarkus.tls.cwmp.*"));
            options.setSsl(true);
            TlsConfigUtils.configure(options, tls);
            if (config.clientCertificates()) {
                options.setClientAuth(ClientAuth.REQUEST);
            }
        }
        return options;
    }

    void start(@Observes StartupEvent event) {
        if (gateway != null) {
            gateway.start();
        }
    }

    /** While the publisher is still there: the end of every session is told. */
    void stop(@Observes @Priority(2) ShutdownEvent event) {
        if (gateway != null) {
            gateway.close();
        }
    }

    /** The gateway, unless this process serves no CPEs. */
    Optional<Gateway> gateway() {
        return Optional.ofNullable(gateway);
    }

    /** The port that CPEs post to; 0 while there is none. */
    public int port() {
        return gateway == null ? 0 : gateway.port();
    }

    private record Keys(FieldCipher cipher, DeviceSecrets devices, String fleet) implements KeyRing {
        @Override
        public String seal(String clear) {
            return cipher.seal(clear);
        }

        @Override
        public String open(String sealed) {
            return cipher.open(sealed);
        }

        @Override
        public String acsPassword(DeviceKey device) {
            return devices.acsPassword(device);
        }

        @Override
        public byte[] nonceKey() {
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(fleet.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
                return mac.doFinal("cwmp nonces".getBytes(StandardCharsets.UTF_8));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this JVM can't do HmacSHA256", e);
            }
        }

        @Override
        public String toString() {
            return "Keys";
        }
    }
}

package org.homeward.kit.security;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Makes what keeps secrets, from configuration. A service that injects one of them does not start without its key. */
@ApplicationScoped
public class Secrets {

    /** A wrong key is told at once, not when the first secret is needed. */
    void check(@Observes @Priority(1) StartupEvent event, SecretsConfig config) {
        config.key().ifPresent(FieldCipher::new);
        config.fleet().ifPresent(DeviceSecrets::new);
    }

    @Produces
    @Singleton
    FieldCipher fieldCipher(SecretsConfig config) {
        return new FieldCipher(required(config.key(), "homeward.secrets.key", "32 random bytes in base64"));
    }

    @Produces
    @Singleton
    DeviceSecrets deviceSecrets(SecretsConfig config) {
        return new DeviceSecrets(required(config.fleet(), "homeward.secrets.fleet", "at least 32 random characters"));
    }

    private static String required(Optional<String> value, String key, String what) {
        return value.orElseThrow(
                () -> new IllegalArgumentException(key + " is not set; it is " + what + ": openssl rand -base64 32"));
    }
}

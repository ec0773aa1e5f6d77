package org.homeward.kit.security;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** The two secrets that an installation keeps. Both must outlive the data that was made with them. */
@ConfigMapping(prefix = "homeward.secrets")
public interface SecretsConfig {

    /** 32 random bytes in base64: encrypts secrets in events and databases. {@code openssl rand -base64 32} */
    Optional<String> key();

    /** At least 32 characters: the secrets of all devices derive from it. */
    Optional<String> fleet();
}

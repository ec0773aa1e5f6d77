package org.homeward.xmppconnector;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Which XMPP server, as whom, and how patiently. Without a domain there is no XMPP. */
@ConfigMapping(prefix = "homeward.xmpp-connector")
public interface ConnectorConfig {

    /** Whether this process speaks XMPP, if a domain is set. */
    @WithDefault("true")
    boolean enabled();

    /** That the XMPP server serves, its certificate names, and accounts are made at. None: no XMPP. */
    Optional<String> domain();

    /** Where the server is, if DNS does not say. */
    Optional<String> host();

    @WithDefault("5222")
    int port();

    /** Localpart of the connector's account. To open accounts it has to be an administrator's. */
    @WithDefault("homeward")
    String username();

    Optional<String> password();

    /** PEM file of the authorities whose certificates are believed; those of the JVM where none is given. */
    Optional<Path> caFile();

    /**
     * What tells this connector from others with the same account: its resource, and nobody else's. The host name where
     * none is given.
     */
    Optional<String> connectorId();

    /** Domains at which devices may be signed in, where there are others than {@link #domain}. */
    Optional<Set<String>> deviceDomains();

    /** Whether to ask for the presence of the accounts that are opened. The server then tells of each at every start. */
    @WithDefault("false")
    boolean presence();

    /** How long a device may take to answer, if nobody's deadline is earlier. */
    @WithDefault("10s")
    Duration answerTimeout();

    /** Requests that wait for an answer at the same time. */
    @Min(1)
    @WithDefault("50000")
    int maxInFlight();

    /** For connecting, and for each step of signing in and of opening an account. */
    @WithDefault("10s")
    Duration connectTimeout();

    /** How often the server is asked whether it is there. */
    @WithDefault("30s")
    Duration ping();

    /** Wait before connecting again; doubles up to {@link #maxRetry}. */
    @WithDefault("1s")
    Duration minRetry();

    @WithDefault("60s")
    Duration maxRetry();
}

package org.homeward.stunconnector;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Where STUN is spoken, whom it believes, and how connection requests leave. */
@ConfigMapping(prefix = "homeward.stun-connector")
public interface ConnectorConfig {

    /** Whether this process speaks STUN. Where all services run in one process, it may leave that to others. */
    @WithDefault("true")
    boolean enabled();

    /** Address to listen on; {@code 0.0.0.0} takes IPv6 as well. */
    @WithDefault("0.0.0.0")
    String host();

    /** UDP port that devices keep their bindings open to, and that connection requests leave from; 0 takes a free one. */
    @WithDefault("3478")
    int port();

    /** The second UDP port, by which clients find out what kind of NAT they are behind; 0 takes a free one. */
    @WithDefault("3479")
    int alternatePort();

    /** What to call ourselves in answers, an address of IPv4, IPv6 or both, where that is not what we listen on. */
    Optional<List<String>> publicAddresses();

    /**
     * What tells this connector from others, 1 to 24 of {@code A-Z a-z 0-9 _ -}; the same after a restart. The host name
     * where none is given.
     */
    Optional<String> connectorId();

    /**
     * Whether devices have to sign before a binding is believed. Without, whoever knows a device's id can have its
     * connection requests sent elsewhere.
     */
    @WithDefault("true")
    boolean requireIntegrity();

    /**
     * Whether requests that nobody signed are answered as by any STUN server, by more bytes than they bring. Without, an
     * answer is never longer than the question, unless a device has proved to be at the address that it goes to.
     */
    @WithDefault("false")
    boolean answerPlain();

    /** Answers a second to one address of what nobody signed. */
    @Min(1)
    @WithDefault("100")
    int maxPerAddress();

    /** The same for a network, /24 of IPv4 or /48 of IPv6. */
    @Min(1)
    @WithDefault("1000")
    int maxPerNetwork();

    /** Without a keep-alive for so long a binding counts as closed; longer than STUNMaximumKeepAlivePeriod. */
    @WithDefault("3m")
    Duration bindingLifetime();

    /** After how long without a keep-alive a device is forgotten. */
    @WithDefault("24h")
    Duration bindingMemory();

    /** How often a living binding is told of although nothing changed. */
    @WithDefault("30m")
    Duration bindingRefresh();

    /** When each copy of a connection request leaves, counted from the first; none after the request's deadline. */
    @WithDefault("0ms,20ms,100ms,500ms,2s,5s,10s")
    List<Duration> copies();
}

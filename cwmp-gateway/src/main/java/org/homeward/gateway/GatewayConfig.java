package org.homeward.gateway;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** The CWMP side of the gateway. */
@ConfigMapping(prefix = "homeward.cwmp")
public interface GatewayConfig {

    /** Whether this process serves CPEs. Where all services run in one process, it may have others as its gateways. */
    @WithDefault("true")
    boolean enabled();

    /** Address to listen on. */
    @WithDefault("0.0.0.0")
    String host();

    /** Port to listen on; 0 takes a free one. */
    @WithDefault("7547")
    int port();

    /** Under which URL CPEs reach it, for people who read the log; nothing is decided by it. */
    Optional<String> acsUrl();

    /** Whether the listener speaks TLS, with the configuration {@code quarkus.tls.cwmp.*}. */
    @WithDefault("false")
    boolean tls();

    /**
     * Whether CPEs are asked for a certificate, from an issuer in {@code quarkus.tls.cwmp.trust-store.*}. One that names
     * a device id proves that device; a CPE without one is asked for its password.
     */
    @WithDefault("false")
    boolean clientCertificates();

    /**
     * What tells this gateway from others, 1 to 24 of {@code A-Z a-z 0-9 _ -}; the same after a restart. The host name
     * where none is given.
     */
    Optional<String> gatewayId();

    /** Lets CPEs in without credentials. For laboratories. */
    @WithDefault("false")
    boolean open();

    /** Takes passwords in clear over a listener without TLS. */
    @WithDefault("false")
    boolean allowBasic();

    /** User name that fresh boxes come with; good until a device has proven credentials of its own. */
    Optional<String> factoryUsername();

    Optional<String> factoryPassword();

    /** How long a CPE is held for a plan, and how long a plan is of use. */
    @WithDefault("5s")
    Duration planTimeout();

    /** How long a CPE may be silent in a session that does not say by itself. */
    @WithDefault("60s")
    Duration idleTimeout();

    /** How long it may be silent, whatever its SessionTimeout says. */
    @WithDefault("300s")
    Duration longestIdle();

    /** Sessions open at once; one more is told to come back later. */
    @WithDefault("20000")
    int maxSessions();

    /** Connections open at once; one more is closed. */
    @WithDefault("40000")
    int maxConnections();

    /** How late plans may be, on average, before sessions that nobody waits for are turned away. */
    @WithDefault("3s")
    Duration latestPlan();

    /** What 503 tells a CPE to wait. */
    @WithDefault("30s")
    Duration retryAfter();

    /** Largest body, inflated. */
    @WithDefault("4M")
    MemorySize maxBody();

    /** All bodies that are being read and handled. */
    @WithDefault("256M")
    MemorySize maxBodies();

    /** How long a body may take to arrive. */
    @WithDefault("60s")
    Duration bodyTimeout();

    /** How long a connection may be without a complete request head, idle or dribbling. */
    @WithDefault("75s")
    Duration headTimeout();

    /** Threads that read envelopes and write them; none of them waits for anything. */
    @WithDefault("0")
    int workers();

    /** Devices of which every transcript is kept, as device ids. */
    Optional<Set<String>> traced();
}

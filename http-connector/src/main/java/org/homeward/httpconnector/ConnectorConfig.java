package org.homeward.httpconnector;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How connection requests are delivered over HTTP, and where they may go. */
@ConfigMapping(prefix = "homeward.http-connector")
public interface ConnectorConfig {

    /** How long a CPE may take to accept the TCP connection. */
    @WithDefault("3s")
    Duration connectTimeout();

    /** How long all of one delivery may take; less where the request's own deadline is nearer. */
    @WithDefault("5s")
    Duration answerTimeout();

    /** How long to wait before a CPE that answers 503 is asked once more. */
    @WithDefault("1s")
    Duration busyPause();

    /** Least time between two deliveries to one device. */
    @WithDefault("250ms")
    Duration gap();

    /** Deliveries under way at the same time; when all are, reading from Kafka waits. */
    @Min(1)
    @WithDefault("10000")
    int maxInFlight();

    /**
     * Requests a second to one network, /24 of IPv4 or /48 of IPv6; what is more waits, until its deadline at most. Not
     * for loopback.
     */
    @Min(1)
    @WithDefault("1000")
    int maxPerNetwork();

    /** Addresses of this host to call from, one of IPv4, IPv6 or both; without, the system chooses. */
    Optional<List<String>> sourceAddresses();

    /** Networks (CIDR) that may be called besides the address that a device last called from. */
    Optional<List<String>> allowedNetworks();

    /** Host names that may stand in a URL, in full or as {@code .domain}; their addresses must be allowed as well. */
    Optional<List<String>> allowedHostNames();

    /** Whether Basic is answered, which gives the password away to whoever sits at the URL. */
    @WithDefault("false")
    boolean allowBasic();

    /** Whether the certificate of an https URL must be trusted and name its host; few CPEs have such a one. */
    @WithDefault("false")
    boolean verifyCertificates();
}

package org.homeward.kit.consumer;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.homeward.kit.events.KafkaConfig;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Whether a gateway is there that could take an Inform: each that has Kafka holds a place in the group by which gateways
 * share the partitions of the plans topic, and loses it seconds after it is gone. Blocking; for one thread.
 */
public final class GatewayPresence implements AutoCloseable {

    /** The group of the gateways. */
    public static final String GROUP = "cwmp-gateway.plans";

    private static final Logger LOG = Logger.getLogger(GatewayPresence.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final KafkaConfig config;
    private @Nullable Admin admin;

    public GatewayPresence(KafkaConfig config) {
        this.config = config;
    }

    /** False as well where Kafka does not answer. */
    public boolean isAny() {
        try {
            return admin()
                    .describeConsumerGroups(
                            List.of(GROUP), new DescribeConsumerGroupsOptions().timeoutMs((int) PATIENCE.toMillis()))
                    .all()
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .values()
                    .stream()
                    .anyMatch(group -> !group.members().isEmpty());
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            LOG.debugf("nobody knows whether there is a gateway: %s", e.getMessage());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Admin admin() {
        Admin open = admin;
        if (open == null) {
            open = Admin.create(Map.of(
                    AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                    List.of(config.bootstrapServers().split(",")),
                    AdminClientConfig.CLIENT_ID_CONFIG,
                    "homeward-gateway-presence",
                    AdminClientConfig.ENABLE_METRICS_PUSH_CONFIG,
                    "false"));
            admin = open;
        }
        return open;
    }

    @Override
    public void close() {
        Admin open = admin;
        if (open != null) {
            open.close(PATIENCE);
        }
    }
}

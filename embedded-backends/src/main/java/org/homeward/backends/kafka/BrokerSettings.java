package org.homeward.backends.kafka;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.homeward.backends.process.Ports;

/** How our broker is set up: small, alone, quick to let consumers in. */
record BrokerSettings(int node, int port, int controllerPort, Path data) {

    static final String CONTROLLER = "CONTROLLER";

    Map<String, String> asMap() {
        var settings = new HashMap<String, String>();
        settings.putAll(identity());
        settings.putAll(alone());
        settings.putAll(small());
        settings.putAll(quick());
        return settings;
    }

    private Map<String, String> identity() {
        var broker = "BROKER://" + Ports.LOOPBACK + ":" + port;
        return Map.of(
                "process.roles",
                "broker,controller",
                "node.id",
                String.valueOf(node),
                // Named by address and not on disk, so the controller may move to another port.
                "controller.quorum.voters",
                node + "@" + Ports.LOOPBACK + ":" + controllerPort,
                "listeners",
                broker + "," + CONTROLLER + "://" + Ports.LOOPBACK + ":" + controllerPort,
                "advertised.listeners",
                broker,
                "listener.security.protocol.map",
                "BROKER:PLAINTEXT," + CONTROLLER + ":PLAINTEXT",
                "inter.broker.listener.name",
                "BROKER",
                "controller.listener.names",
                CONTROLLER,
                "log.dirs",
                data.toString());
    }

    private static Map<String, String> alone() {
        return Map.of(
                "auto.create.topics.enable", "false",
                "num.partitions", "12",
                "default.replication.factor", "1",
                "min.insync.replicas", "1",
                "offsets.topic.replication.factor", "1",
                "offsets.topic.num.partitions", "4",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "transaction.state.log.num.partitions", "2");
    }

    private static Map<String, String> small() {
        return Map.of(
                "num.network.threads",
                "2",
                "num.io.threads",
                "2",
                "background.threads",
                "2",
                "num.recovery.threads.per.data.dir",
                "2",
                "log.segment.bytes",
                String.valueOf(64 << 20),
                "log.index.size.max.bytes",
                String.valueOf(1 << 20), // enough for such a segment
                "log.cleaner.dedupe.buffer.size",
                String.valueOf(4 << 20),
                "log.cleaner.io.buffer.size",
                String.valueOf(256 << 10));
    }

    private static Map<String, String> quick() {
        return Map.of(
                "group.initial.rebalance.delay.ms", "0",
                "group.min.session.timeout.ms", "1000",
                "group.consumer.min.session.timeout.ms", "1000",
                "group.consumer.min.heartbeat.interval.ms", "250");
    }
}

package org.homeward.kit.events;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import java.util.Map;

/** The broker, and how this process talks to it. */
@ConfigMapping(prefix = "homeward.kafka")
public interface KafkaConfig {

    /** Hosts and ports, separated by commas. */
    @NotBlank
    @WithDefault("127.0.0.1:9092")
    String bootstrapServers();

    Topics topics();

    Producer producer();

    Consumer consumer();

    /** What to create where it is not there. */
    interface Topics {

        /** Whether topics are created at start; where operators create them, only their being there is awaited. */
        @WithDefault("true")
        boolean create();

        /** The same for all topics, since some are read together. */
        @Min(1)
        @WithDefault("12")
        int partitions();

        @Min(1)
        @WithDefault("1")
        short replicationFactor();
    }

    /** What the libraries aboard can do; LZ4 is not among them. */
    enum Compression {
        NONE,
        GZIP,
        SNAPPY,
        ZSTD
    }

    /** The one producer of the process. */
    interface Producer {

        /**
         * How long a record waits for company. More costs latency at every hop, less costs CPU on both sides: at 2,000
         * events a second, client and broker together took 550 µs an event with 1 ms, 280 with 2, 200 with 5, 150 with
         * 10.
         */
        @WithDefault("5ms")
        Duration linger();

        /** Records a second up to which none waits for company, because there is CPU to spare; 0 makes all wait. */
        @Min(0)
        @WithDefault("300")
        int eagerUpTo();

        /** Bytes of a batch for one partition. */
        @Min(1024)
        @WithDefault("65536")
        int batchSize();

        /** Costs about the CPU that it spares here, and spares nine tenths of the broker's disk and network. */
        @WithDefault("none")
        Compression compression();

        /** How long a record may be under way before it has failed. */
        @WithDefault("1500ms")
        Duration deliveryTimeout();

        /** How long one request may take; less than the delivery timeout. */
        @WithDefault("1000ms")
        Duration requestTimeout();

        /** Records under way; one more fails at once. */
        @Min(1)
        @WithDefault("20000")
        int maxInFlight();

        /** Bytes under way; more fail at once. */
        @Min(1024)
        @WithDefault("33554432")
        long maxInFlightBytes();
    }

    /** All consumers of the process. */
    interface Consumer {

        /** Silence after which the group gives a consumer's partitions to others. */
        @WithDefault("10s")
        Duration sessionTimeout();

        /** Most records of a poll. */
        @Min(1)
        @Max(10_000)
        @WithDefault("500")
        int maxBatch();

        /** Least time from poll to poll while records keep coming: batches grow instead of polls. */
        @WithDefault("5ms")
        Duration pace();

        /** Longest wait between two tries when something that a consumer needs is away. */
        @WithDefault("5s")
        Duration maxBackOff();
    }

    /** The defaults with a broker: for tools and tests outside of a container. */
    static KafkaConfig forBroker(String bootstrapServers) {
        return of(Map.of("homeward.kafka.bootstrap-servers", bootstrapServers));
    }

    /** The defaults but for these properties: for tools and tests outside of a container. */
    static KafkaConfig of(Map<String, String> properties) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withMapping(KafkaConfig.class);
        properties.forEach(builder::withDefaultValue);
        return builder.build().getConfigMapping(KafkaConfig.class);
    }
}

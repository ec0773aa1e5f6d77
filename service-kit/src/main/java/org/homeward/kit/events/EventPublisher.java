package org.homeward.kit.events;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.Event;
import org.homeward.contracts.Topic;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The one Kafka producer of the process: every record acknowledged by all in-sync replicas, in order for each key.
 *
 * <p>A publish never blocks its caller. Its stage completes when Kafka has the record; it fails with
 * {@link BrokerUnavailable} at once while the broker is known to be away or too much is under way, and within the
 * delivery timeout otherwise. Stages complete on the producer's own thread: what is attached to them must not block, and
 * hops to the caller's thread or context where it does more than a little.
 */
@ApplicationScoped
public class EventPublisher {

    private static final Logger LOG = Logger.getLogger(EventPublisher.class);

    private final KafkaConfig.Producer limits;
    private final KafkaProducer<String, byte[]> producer;
    private final EagerFlush eagerFlush;
    private final BrokerWatch watch;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicLong inFlightBytes = new AtomicLong();
    private final Timer acknowledged;
    private final Counter refused;
    private final Counter failed;

    @Inject
    public EventPublisher(KafkaConfig config, MeterRegistry meters) {
        this.limits = config.producer();
        this.producer = new KafkaProducer<>(settings(config));
        this.eagerFlush = new EagerFlush(limits.eagerUpTo(), this::flush);
        this.watch = new BrokerWatch(config, producer);
        this.acknowledged = Timer.builder("homeward.publisher.acknowledged")
                .description("Time from publish to acknowledgement")
                .register(meters);
        this.refused = Counter.builder("homeward.publisher.refused")
                .description("Records not sent because the broker is away or too much is under way")
                .register(meters);
        this.failed = Counter.builder("homeward.publisher.failed")
                .description("Records sent that Kafka did not acknowledge in time")
                .register(meters);
        meters.gauge("homeward.publisher.in.flight", inFlight);
    }

    /** Begins to look for the broker, as early as the application starts. */
    void onStart(@Observes @Priority(1) StartupEvent event) {
        start();
    }

    /** Begins to look for the broker, to create topics and to learn where they are. */
    public EventPublisher start() {
        if (!watch.isAvailable()) {
            watch.unavailable();
        }
        return this;
    }

    /** Whether a publish would be tried now. */
    public boolean isAvailable() {
        return watch.isAvailable();
    }

    /** Completes when the topics are there and records can be published, for the first time. */
    public CompletionStage<@Nullable Void> ready() {
        return watch.firstAvailable();
    }

    /** Publishes to the partition of the event's key. */
    public CompletionStage<@Nullable Void> publish(Topic topic, Event<?> event) {
        return publish(CloudEvents.toRecord(topic, event));
    }

    /** Publishes to a partition that its reader named. */
    public CompletionStage<@Nullable Void> publish(Topic topic, int partition, Event<?> event) {
        return publish(CloudEvents.toRecord(topic, partition, event));
    }

    /** Withdraws what a compacted topic holds of a device. */
    public CompletionStage<@Nullable Void> withdraw(Topic topic, DeviceKey key) {
        return publish(CloudEvents.tombstone(topic, key));
    }

    /** Publishes a record as it is. */
    public CompletionStage<@Nullable Void> publish(ProducerRecord<String, byte[]> kafkaRecord) {
        if (!watch.isAvailable()) {
            refused.increment();
            return CompletableFuture.failedStage(new BrokerUnavailable("Kafka is away"));
        }
        long size = kafkaRecord.value() == null ? 0 : kafkaRecord.value().length;
        if (size > limits.maxInFlightBytes()) {
            // it would wait for room for ever
            failed.increment();
            return CompletableFuture.failedStage(new RecordTooLargeException(size + " bytes"));
        }
        if (inFlight.incrementAndGet() > limits.maxInFlight()
                | inFlightBytes.addAndGet(size) > limits.maxInFlightBytes()) {
            landed(size);
            refused.increment();
            return CompletableFuture.failedStage(new BrokerUnavailable("too many records are under way to Kafka"));
        }
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        long began = System.nanoTime();
        try {
            producer.send(kafkaRecord, (metadata, e) -> {
                landed(size);
                if (e == null) {
                    acknowledged.record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
                    done.complete(null);
                } else {
                    fail(done, e);
                }
            });
            eagerFlush.sent();
        } catch (RuntimeException e) {
            landed(size);
            fail(done, e);
        }
        return done;
    }

    /** Creates a consumer's dead-letter topics. */
    public void ensureDeadLetters(String consumer, Collection<Topic> topics)
            throws InterruptedException, ExecutionException, TimeoutException {
        watch.ensureDeadLetters(consumer, topics);
    }

    private void flush() {
        try {
            producer.flush();
        } catch (KafkaException e) {
            // what it was for is told by each record's own callback
            LOG.debugf(e, "a flush did not end well");
        }
    }

    private void landed(long size) {
        inFlight.decrementAndGet();
        inFlightBytes.addAndGet(-size);
    }

    private void fail(CompletableFuture<@Nullable Void> done, Exception e) {
        failed.increment();
        if (e instanceof RecordTooLargeException
                || e instanceof InvalidRecordException
                || e instanceof SerializationException) {
            // the record's own fault; the broker is well
            done.completeExceptionally(e);
            return;
        }
        if (e instanceof ApiException || e instanceof IllegalStateException) {
            watch.unavailable();
        }
        done.completeExceptionally(new BrokerUnavailable("Kafka did not acknowledge: " + e.getMessage(), e));
    }

    private static Map<String, Object> settings(KafkaConfig config) {
        KafkaConfig.Producer producer = config.producer();
        Map<String, Object> settings = new HashMap<>();
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "homeward");
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, producer.linger().toMillis());
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, producer.batchSize());
        settings.put(
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                producer.compression().name().toLowerCase(Locale.ROOT));
        settings.put(ProducerConfig.COMPRESSION_ZSTD_LEVEL_CONFIG, 1);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int)
                producer.requestTimeout().toMillis());
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int)
                producer.deliveryTimeout().toMillis());
        // what is under way is bounded before the producer's memory is, so that it never blocks for memory
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 2 * producer.maxInFlightBytes() + (16L << 20));
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 100L);
        // with the default the producer forgets its brokers when all are away, and every send blocks for them
        settings.put("metadata.recovery.strategy", "none");
        // a topic that rests keeps its metadata, or the next send to it would block
        settings.put(
                ProducerConfig.METADATA_MAX_IDLE_CONFIG, Duration.ofDays(30).toMillis());
        settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 250L);
        settings.put(ProducerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        return settings;
    }

    /** Gives what is under way a moment to arrive, then lets go of the broker. */
    @PreDestroy
    public void close() {
        watch.close();
        eagerFlush.close();
        producer.close(Duration.ofSeconds(2));
    }
}

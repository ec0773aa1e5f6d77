package org.homeward.kit.consumer;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.homeward.kit.events.EventPublisher;
import org.homeward.kit.events.KafkaConfig;

/** Starts the consumers and readers of this process, and stops them before what they work with goes. */
@ApplicationScoped
public class Consumers {

    private final KafkaConfig config;
    private final EventPublisher publisher;
    private final MeterRegistry meters;
    private final List<BatchConsumer> consumers = new CopyOnWriteArrayList<>();
    private final List<TailReader> readers = new CopyOnWriteArrayList<>();

    @Inject
    public Consumers(KafkaConfig config, EventPublisher publisher, MeterRegistry meters) {
        this.config = config;
        this.publisher = publisher;
        this.meters = meters;
    }

    /** Starts a member of the consumer's group. */
    public BatchConsumer start(ConsumerSpec spec) {
        BatchConsumer consumer =
                new BatchConsumer(spec, config, publisher, ConsumerMetrics.of(spec.name(), meters)).start();
        consumers.add(consumer);
        return consumer;
    }

    /** Starts to follow a topic without a group. The caller may close it; it is closed with the process anyway. */
    public TailReader follow(TailSpec spec) {
        TailReader reader = new TailReader(spec, config).start();
        readers.add(reader);
        return reader;
    }

    List<BatchConsumer> consumers() {
        return List.copyOf(consumers);
    }

    void onStop(@Observes @Priority(1) ShutdownEvent event) {
        close();
    }

    /** Stops all, each after the batch at hand. */
    public void close() {
        List<Thread> stopping = Stream.<Runnable>concat(
                        consumers.stream().map(consumer -> consumer::close),
                        readers.stream().map(reader -> reader::close))
                .map(Thread.ofVirtual()::start)
                .toList();
        for (Thread each : stopping) {
            try {
                each.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        consumers.clear();
        readers.clear();
    }
}

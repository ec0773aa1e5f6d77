package org.homeward.registry.testing;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ThrowingRunnable;
import org.homeward.contracts.Event;
import org.homeward.contracts.Topic;
import org.homeward.contracts.order.OrderEvent;
import org.homeward.contracts.session.SessionTranscript;
import org.homeward.kit.events.EventPublisher;

/** The registry as the rest of the world meets it: events in, REST out. */
@ApplicationScoped
public class Registry {

    @Inject
    EventPublisher publisher;

    /** Publishes events in order and returns when Kafka has them. */
    public void hears(Event<?>... events) {
        hears(List.of(events));
    }

    public void hears(List<? extends Event<?>> events) {
        publisher.ready().toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
        List<CompletableFuture<?>> sends = new ArrayList<>();
        for (Event<?> event : events) {
            sends.add(publisher.publish(topicOf(event), event).toCompletableFuture());
        }
        CompletableFuture.allOf(sends.toArray(CompletableFuture[]::new))
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    private static Topic topicOf(Event<?> event) {
        return switch (event.data()) {
            case SessionTranscript transcript -> Topic.SESSION_TRANSCRIPTS;
            case OrderEvent order -> Topic.ORDER_EVENTS;
            default -> Topic.SESSION_EVENTS;
        };
    }

    public static RequestSpecification operator() {
        return given().auth().oauth2(SignedTokens.of("anna", "operator")).urlEncodingEnabled(false);
    }

    public static RequestSpecification as(String token) {
        return given().auth().oauth2(token).urlEncodingEnabled(false);
    }

    public static Response get(String path) {
        return operator().get(path);
    }

    public static void eventually(ThrowingRunnable assertion) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(assertion);
    }
}

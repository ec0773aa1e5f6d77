package org.homeward.gateway.session.events;

import java.util.concurrent.CompletionStage;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.Topic;
import org.homeward.contracts.session.SessionEvent;
import org.homeward.contracts.session.SessionTranscript;
import org.homeward.gateway.session.SessionLog;
import org.homeward.kit.events.EventFactory;
import org.homeward.kit.events.EventPublisher;
import org.jspecify.annotations.Nullable;

/** Session events as records of {@link Topic#SESSION_EVENTS}, transcripts of {@link Topic#SESSION_TRANSCRIPTS}. */
public record KafkaSessionLog(EventPublisher publisher, EventFactory events) implements SessionLog {

    @Override
    public boolean isAvailable() {
        return publisher.isAvailable();
    }

    @Override
    public CompletionStage<@Nullable Void> publish(DeviceKey key, SessionEvent event) {
        return publisher.publish(Topic.SESSION_EVENTS, events.event(key, event));
    }

    @Override
    public CompletionStage<@Nullable Void> publish(DeviceKey key, SessionTranscript part) {
        return publisher.publish(Topic.SESSION_TRANSCRIPTS, events.event(key, part));
    }
}

package org.homeward.gateway.session;

import java.util.concurrent.CompletionStage;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.session.SessionEvent;
import org.homeward.contracts.session.SessionTranscript;
import org.jspecify.annotations.Nullable;

/**
 * Where what happens in sessions is kept. Nothing here blocks; a stage completes when the record is durable and fails
 * when it is not to be soon. Records of one device keep their order.
 */
public interface SessionLog {

    /** Whether it is worth trying. */
    boolean isAvailable();

    CompletionStage<@Nullable Void> publish(DeviceKey key, SessionEvent event);

    CompletionStage<@Nullable Void> publish(DeviceKey key, SessionTranscript part);
}

package org.homeward.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What happened in one session, from the CPE's side.
 *
 * @param events the codes that the Inform carried
 * @param exchanges every HTTP request with its answer, in order
 * @param failure why the session failed, null when it ended as TR-069 3.7.1.4 wants
 */
public record SessionReport(
        CpeIdentity cpe,
        Instant start,
        Duration duration,
        List<String> events,
        List<Exchange> exchanges,
        @Nullable String failure) {

    /**
     * One HTTP request and its answer.
     *
     * @param sent the message's name, empty for an empty POST
     * @param fault the CWMP fault code that we sent, 0 for none
     * @param status HTTP status; 0 when no answer came
     * @param received the name of the message in the answer, empty for none
     * @param receivedFault the CWMP fault code that came, 0 for none
     * @param after from the session's start until it was sent
     * @param duration until it was answered, or failed
     * @param sentXml the body, null unless bodies are kept
     */
    public record Exchange(
            String sent,
            int fault,
            int sentBytes,
            int status,
            String received,
            int receivedFault,
            int receivedBytes,
            Duration after,
            Duration duration,
            @Nullable String sentXml,
            @Nullable String receivedXml) {}

    public SessionReport {
        events = List.copyOf(events);
        exchanges = List.copyOf(exchanges);
    }

    public boolean succeeded() {
        return failure == null;
    }

    public Optional<String> whyFailed() {
        return Optional.ofNullable(failure);
    }

    /** The HTTP statuses in order. */
    public List<Integer> statuses() {
        return exchanges.stream().map(Exchange::status).toList();
    }

    /** The names of what the CPE sent, empty text for an empty POST. */
    public List<String> sent() {
        return exchanges.stream().map(Exchange::sent).toList();
    }

    /** The names of the RPCs that the ACS called, in order. */
    public List<String> rpcs() {
        return exchanges.stream()
                .map(Exchange::received)
                .filter(name -> !name.isEmpty() && !name.endsWith("Response") && !name.equals("Fault"))
                .toList();
    }

    /** The fault codes that the CPE answered with. */
    public List<Integer> faults() {
        return exchanges.stream().map(Exchange::fault).filter(code -> code != 0).toList();
    }
}

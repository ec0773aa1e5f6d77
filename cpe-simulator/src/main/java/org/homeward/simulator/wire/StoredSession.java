package org.homeward.simulator.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.homeward.simulator.http.Headers;
import org.homeward.simulator.wire.Transcript.Message;

/**
 * Reads a session as Homeward stores it and returns it from {@code /api/devices/{id}/sessions/{sid}}: {@code {"messages":
 * [{"direction": "cpeToAcs", "method": "Inform", "xml": "..."}, ...]}}. Of HTTP such a record keeps nothing, so the CPE
 * is taken for an ordinary one: cookies returned, empty POSTs where the ACS would have waited for one.
 */
final class StoredSession {
    private static final String FROM_CPE = "cpeToAcs";
    private static final String FROM_ACS = "acsToCpe";
    private final List<Message> messages = new ArrayList<>();

    private StoredSession() {}

    static Transcript read(Path file) throws IOException {
        JsonNode said =
                JsonMapper.builder().build().readTree(Files.readAllBytes(file)).path("messages");
        if (!said.isArray() || said.isEmpty()) {
            throw new IOException(file + " is no session with messages; one that did nothing keeps none");
        }
        StoredSession session = new StoredSession();
        for (JsonNode message : said) {
            String direction = message.path("direction").asText();
            String xml = message.path("xml").asText();
            // The rest of a message that was too long for one line of the record.
            if (message.path("method").asText().isEmpty() && !xml.isBlank() && !session.messages.isEmpty()) {
                session.longer(xml);
                continue;
            }
            switch (direction) {
                case FROM_CPE -> session.request(xml);
                case FROM_ACS -> session.reply(xml);
                default ->
                    throw new IOException(file + ": a message's direction is " + FROM_CPE + " or " + FROM_ACS
                            + ", not '" + direction + "'");
            }
        }
        session.settle();
        return new Transcript(file.getFileName().toString(), session.messages);
    }

    private void request(String xml) {
        settle();
        Headers headers = new Headers()
                .add("Content-Type", "text/xml; charset=\"utf-8\"")
                .add("SOAPAction", "")
                .add("Cookie", "stored=1");
        messages.add(new Message(true, 1, "POST / HTTP/1.1", headers, xml));
    }

    private void reply(String xml) {
        if (messages.isEmpty() || !messages.getLast().fromCpe()) {
            request("");
        }
        String status = xml.isBlank() ? "HTTP/1.1 204 No Content" : "HTTP/1.1 200 OK";
        messages.add(new Message(false, 1, status, new Headers(), xml));
    }

    private void longer(String rest) {
        Message last = messages.removeLast();
        messages.add(
                new Message(last.fromCpe(), last.connection(), last.startLine(), last.headers(), last.body() + rest));
    }

    /** A request without an answer got an empty one. */
    private void settle() {
        if (!messages.isEmpty() && messages.getLast().fromCpe()) {
            reply("");
        }
    }
}

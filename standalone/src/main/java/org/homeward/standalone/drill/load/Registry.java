package org.homeward.standalone.drill.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.homeward.standalone.drill.account.SessionLine;

/** What the system says of devices and orders when it is asked afterwards. */
public final class Registry {

    private final Rest rest;

    public Registry(Rest rest) {
        this.rest = rest;
    }

    /** Somebody who should have answered did not. */
    public static final class Unanswered extends Exception {
        private static final long serialVersionUID = 1L;

        Unanswered(String what) {
            super(what);
        }
    }

    /** All sessions of a device. */
    public List<SessionLine> sessions(String device) throws Unanswered, InterruptedException {
        List<SessionLine> lines = new ArrayList<>();
        pages("/api/devices/" + Rest.inPath(device) + "/sessions", session -> {
            List<String> events = new ArrayList<>();
            session.path("events").forEach(event -> events.add(event.asText()));
            lines.add(new SessionLine(
                    session.path("id").asText(),
                    Instant.parse(session.path("startedAt").asText()),
                    events));
        });
        return lines;
    }

    /** The states of all orders of a device, by order id. */
    public Map<String, String> orders(String device) throws Unanswered, InterruptedException {
        Map<String, String> states = new LinkedHashMap<>();
        pages(
                "/api/devices/" + Rest.inPath(device) + "/orders",
                order -> states.put(
                        order.path("id").asText(), order.path("state").asText()));
        return states;
    }

    /** The values that the twin has below these paths, by full path. */
    public Map<String, String> values(String device, String path) throws Unanswered, InterruptedException {
        Map<String, String> values = new HashMap<>();
        pages(
                "/api/devices/" + Rest.inPath(device) + "/parameters?path="
                        + URLEncoder.encode(path, StandardCharsets.UTF_8),
                parameter -> values.put(
                        parameter.path("path").asText(), parameter.path("value").asText()));
        return values;
    }

    private void pages(String path, Consumer<JsonNode> each) throws Unanswered, InterruptedException {
        String next = "";
        do {
            String query = (path.contains("?") ? "&" : "?") + "limit=500"
                    + (next.isEmpty() ? "" : "&cursor=" + URLEncoder.encode(next, StandardCharsets.UTF_8));
            Rest.Reply reply = rest.get(path + query);
            if (!reply.isOk()) {
                throw new Unanswered("GET " + path + " was answered with " + reply.status());
            }
            reply.body().path("items").forEach(each);
            next = reply.body().path("next").asText("");
        } while (!next.isEmpty() && !next.equals("null"));
    }
}

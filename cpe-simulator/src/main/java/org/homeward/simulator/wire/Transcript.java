package org.homeward.simulator.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.homeward.simulator.CpeIdentity;
import org.homeward.simulator.http.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A recording of raw HTTP between a CPE and an ACS. Each message follows a line {@code --> [time] conn#N} (CPE to ACS)
 * or {@code <-- [time] conn#N} (ACS to CPE); lines that begin with {@code =====} or {@code #} in between are remarks.
 */
public record Transcript(String name, List<Message> messages) {

    /**
     * One HTTP message.
     *
     * @param fromCpe a request of the CPE; false for an answer of the ACS
     * @param connection the recording's number of the TCP connection
     */
    public record Message(boolean fromCpe, int connection, String startLine, Headers headers, String body) {
        public boolean isEmpty() {
            return body.isBlank();
        }

        /** HTTP status of an answer. */
        public int status() {
            return Integer.parseInt(startLine.split(" ", 3)[1]);
        }
    }

    /** A request of the CPE with what the ACS answered; no answer where the recording ends. */
    public record Exchange(Message request, @Nullable Message reply) {}

    /** Reads a recording of raw HTTP or, from a {@code .json} file, a session that Homeward stored. */
    public static Transcript read(Path file) throws IOException {
        return file.toString().endsWith(".json") ? StoredSession.read(file) : readHttp(file);
    }

    private static Transcript readHttp(Path file) throws IOException {
        List<Message> messages = new ArrayList<>();
        @Nullable String marker = null;
        List<String> content = new ArrayList<>();
        // Latin-1 maps bytes one to one, so that Content-Length counts characters.
        for (String line : Files.readString(file, StandardCharsets.ISO_8859_1).split("\n", -1)) {
            boolean isMarker = line.matches("(-->|<--) \\[ *[\\d.]+] conn#\\d+\\s*");
            if (isMarker || line.startsWith("===== [")) {
                add(messages, marker, content);
                marker = isMarker ? line : null;
                content = new ArrayList<>();
            } else {
                content.add(line);
            }
        }
        add(messages, marker, content);
        return new Transcript(file.getFileName().toString(), messages);
    }

    private static void add(List<Message> messages, @Nullable String marker, List<String> content) {
        if (marker == null) {
            return;
        }
        Headers headers = new Headers();
        int line = 1;
        for (; line < content.size() && !content.get(line).isBlank(); line++) {
            String[] pair = content.get(line).split(":", 2);
            headers.add(pair[0].strip(), pair.length > 1 ? pair[1].strip() : "");
        }
        String body = line + 1 < content.size() ? String.join("\n", content.subList(line + 1, content.size())) : "";
        String length = headers.first("Content-Length");
        if (length != null && Integer.parseInt(length) < body.length()) {
            body = body.substring(0, Integer.parseInt(length));
        }
        String text = new String(body.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        int connection =
                Integer.parseInt(marker.substring(marker.indexOf('#') + 1).strip());
        messages.add(new Message(
                marker.startsWith("-->"), connection, content.getFirst().strip(), headers, text));
    }

    /** Requests paired with their answers. */
    public List<Exchange> exchanges() {
        List<Exchange> exchanges = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            Message message = messages.get(i);
            if (message.fromCpe()) {
                boolean answered =
                        i + 1 < messages.size() && !messages.get(i + 1).fromCpe();
                exchanges.add(new Exchange(message, answered ? messages.get(i + 1) : null));
            }
        }
        return exchanges;
    }

    /** The recorded sessions: each begins with an Inform; requests that were answered with 401 are left out. */
    public List<List<Exchange>> sessions() {
        List<List<Exchange>> sessions = new ArrayList<>();
        for (Exchange exchange : exchanges()) {
            if (exchange.reply() != null && exchange.reply().status() == 401) {
                continue;
            }
            if (exchange.request().body().matches("(?s).*<\\w+:Inform[ >].*")) {
                sessions.add(new ArrayList<>());
            }
            if (!sessions.isEmpty()) {
                sessions.getLast().add(exchange);
            }
        }
        return sessions;
    }

    /** Who the CPE says it is in its first Inform; empty where there is none. */
    public Optional<CpeIdentity> identity() {
        return messages.stream()
                .filter(m -> m.fromCpe() && !m.isEmpty())
                .flatMap(m -> RecordedAnswers.parse(m.body()).stream())
                .filter(e -> e.name().equals("Inform"))
                .flatMap(e -> e.payload().child("DeviceId").stream())
                .map(id -> new CpeIdentity(
                        id.childText("Manufacturer"),
                        id.childText("OUI"),
                        id.childText("ProductClass"),
                        id.childText("SerialNumber")))
                .findFirst();
    }
}

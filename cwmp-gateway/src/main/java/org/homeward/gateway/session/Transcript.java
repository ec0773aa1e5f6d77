package org.homeward.gateway.session;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.homeward.contracts.SessionId;
import org.homeward.contracts.session.SessionTranscript;
import org.homeward.contracts.session.SessionTranscript.Direction;
import org.homeward.contracts.session.SessionTranscript.Line;
import org.homeward.kit.json.PackedLines;

/**
 * What was said in a session, kept until it is known whether anybody will want to read it. Secrets are masked when it
 * leaves: most transcripts never do.
 */
final class Transcript {

    /** So many characters are kept; then a first part leaves without waiting for the end. */
    private static final int KEPT = 160 * 1024;
    /** Characters of one part, which become fewer bytes. */
    private static final int PART = 192 * 1024;

    private final SessionId session;
    private final UnaryOperator<String> mask;
    private final Consumer<SessionTranscript> out;
    private List<Line> lines = new ArrayList<>(4);
    private Instant latest;
    private int size;
    private int parts;

    /** @param mask makes an envelope readable for people: without its secrets */
    Transcript(SessionId session, Instant began, UnaryOperator<String> mask, Consumer<SessionTranscript> out) {
        this.session = session;
        this.latest = began;
        this.mask = mask;
        this.out = out;
    }

    void heard(Instant at, String method, String xml) {
        add(new Line(at, Direction.CPE_TO_ACS, method, xml));
    }

    void said(Instant at, String method, String xml) {
        add(new Line(at, Direction.ACS_TO_CPE, method, xml));
    }

    private void add(Line line) {
        lines.add(line);
        size += line.xml().length();
        if (size > KEPT) {
            publish(false);
        }
    }

    /** Whether a part has left already, so that the rest must follow. */
    boolean isBegun() {
        return parts > 0;
    }

    /** Publishes what is kept as the last part. */
    void finish() {
        publish(true);
    }

    private void publish(boolean last) {
        if (!lines.isEmpty()) {
            latest = lines.getLast().at();
        }
        List<Line> part = new ArrayList<>();
        int partSize = 0;
        for (Line line : lines) {
            String masked = holdsNoValues(line) ? line.xml() : mask.apply(line.xml());
            String method = line.method();
            int from = 0;
            do {
                int room = PART - partSize;
                int to = Math.min(masked.length(), from + room);
                if (to < masked.length() && to > from && Character.isHighSurrogate(masked.charAt(to - 1))) {
                    to--;
                }
                part.add(new Line(line.at(), line.direction(), method, masked.substring(from, to)));
                partSize += to - from;
                method = "";
                from = to;
                if (from < masked.length()) {
                    send(part, false);
                    part = new ArrayList<>();
                    partSize = 0;
                }
            } while (from < masked.length());
        }
        if (last || !part.isEmpty()) {
            send(part, last);
        }
        lines = new ArrayList<>(4);
        size = 0;
    }

    /** The names of a whole model are the longest message of all, and tell no secret. */
    private static boolean holdsNoValues(Line line) {
        return line.xml().isEmpty() || line.method().equals("GetParameterNamesResponse");
    }

    private void send(List<Line> part, boolean last) {
        Instant began = part.isEmpty() ? latest : part.getFirst().at();
        out.accept(new SessionTranscript(session, began, ++parts, last, PackedLines.pack(part)));
    }
}

package org.homeward.gateway.session;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.homeward.contracts.SessionId;
import org.homeward.contracts.session.SessionTranscript;
import org.homeward.contracts.session.SessionTranscript.Direction;
import org.homeward.contracts.session.SessionTranscript.Line;
import org.homeward.kit.json.PackedLines;

/**
 * What was said in a session, kept until it is known whether anybody will want to read it. Secrets are masked when it
 * leaves: most transcripts never do. Masking and packing take longer than all else that a session does at its end, so
 * they are done aside, one part after the other; all else here is under the session's lock.
 */
final class Transcript {

    /** So many characters are kept; then a first part leaves without waiting for the end. */
    private static final int KEPT = 160 * 1024;
    /** Characters of one part, which become fewer bytes. */
    private static final int PART = 192 * 1024;

    private final SessionId session;
    private final UnaryOperator<String> mask;
    private final Executor aside;
    private final Consumer<SessionTranscript> out;
    private List<Line> lines = new ArrayList<>(4);
    private int size;
    private boolean begun;
    private boolean finished;
    private CompletableFuture<Void> leaving = CompletableFuture.completedFuture(null);

    /** Of the next two only what is done aside knows. */
    private Instant latest;

    private int parts;

    /**
     * @param mask makes an envelope readable for people: without its secrets
     * @param aside does what no CPE should wait for
     */
    Transcript(
            SessionId session,
            Instant began,
            UnaryOperator<String> mask,
            Executor aside,
            Consumer<SessionTranscript> out) {
        this.session = session;
        this.latest = began;
        this.mask = mask;
        this.aside = aside;
        this.out = out;
    }

    void heard(Instant at, String method, String xml) {
        add(new Line(at, Direction.CPE_TO_ACS, method, xml));
    }

    void said(Instant at, String method, String xml) {
        add(new Line(at, Direction.ACS_TO_CPE, method, xml));
    }

    private void add(Line line) {
        if (finished) {
            return;
        }
        lines.add(line);
        size += line.xml().length();
        if (size > KEPT) {
            leave(false);
        }
    }

    /** Whether a part has left already, so that the rest must follow. */
    boolean isBegun() {
        return begun;
    }

    /** Publishes what is kept as the last part; what is said later is not kept. */
    void finish() {
        finished = true;
        leave(true);
    }

    private void leave(boolean last) {
        List<Line> said = lines;
        lines = new ArrayList<>(4);
        size = 0;
        begun = true;
        leaving = leaving.thenRunAsync(() -> publish(said, last), aside);
    }

    private void publish(List<Line> said, boolean last) {
        if (!said.isEmpty()) {
            latest = said.getLast().at();
        }
        List<Line> part = new ArrayList<>();
        int partSize = 0;
        for (Line line : said) {
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
    }

    /** Of a whole model the longest messages are those that only name parameters, and names tell no secret. */
    private static boolean holdsNoValues(Line line) {
        return switch (line.method()) {
            case "GetParameterNamesResponse" -> true;
            case "GetParameterValues" -> line.direction() == Direction.ACS_TO_CPE;
            default -> line.xml().isEmpty();
        };
    }

    private void send(List<Line> part, boolean last) {
        Instant began = part.isEmpty() ? latest : part.getFirst().at();
        out.accept(new SessionTranscript(session, began, ++parts, last, PackedLines.pack(part)));
    }
}

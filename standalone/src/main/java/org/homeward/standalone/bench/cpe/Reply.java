package org.homeward.standalone.bench.cpe;

import org.homeward.simulator.http.Headers;
import org.homeward.simulator.http.HttpReply;
import org.jspecify.annotations.Nullable;

/**
 * Reads one HTTP reply as it arrives. It looks at the few headers that the session hangs on and at nothing else. Used
 * again for the next reply of the connection.
 */
final class Reply {

    private static final int UNKNOWN = -1;

    private final Bytes received;
    private int bodyAt = UNKNOWN;
    private int status;
    private int contentLength = UNKNOWN;
    private boolean chunked;
    private boolean closes;
    private @Nullable String cookie;
    private String head = "";

    Reply(Bytes received) {
        this.received = received;
    }

    void begin() {
        received.clear();
        bodyAt = UNKNOWN;
        status = 0;
        contentLength = UNKNOWN;
        chunked = false;
        closes = false;
        cookie = null;
    }

    /**
     * Whether the reply is whole.
     *
     * @param ended whether the server has closed the connection
     */
    boolean isWhole(boolean ended) {
        if (bodyAt == UNKNOWN && !readHead()) {
            return false;
        }
        if (status == 204 || status == 304) {
            return true;
        }
        if (chunked) {
            return text(Math.max(bodyAt, received.length() - 7)).endsWith("0\r\n\r\n");
        }
        return contentLength == UNKNOWN ? ended : received.length() - bodyAt >= contentLength;
    }

    private boolean readHead() {
        byte[] bytes = received.array();
        int end = received.length() - 3;
        for (int i = 0; i < end; i++) {
            if (bytes[i] == '\r' && bytes[i + 1] == '\n' && bytes[i + 2] == '\r' && bytes[i + 3] == '\n') {
                head = received.text(0, i + 2);
                bodyAt = i + 4;
                readFields();
                return true;
            }
        }
        return false;
    }

    private void readFields() {
        int space = head.indexOf(' ');
        status = Integer.parseInt(head.substring(space + 1, space + 4));
        for (int at = head.indexOf("\r\n") + 2; at > 1 && at < head.length(); at = head.indexOf("\r\n", at) + 2) {
            String name = field(at);
            if (name.isEmpty()) {
                continue;
            }
            String value = head.substring(at + name.length() + 1, head.indexOf("\r\n", at))
                    .strip();
            switch (name) {
                case "content-length" -> contentLength = Integer.parseInt(value);
                case "transfer-encoding" -> chunked = value.equalsIgnoreCase("chunked");
                case "connection" -> closes = value.equalsIgnoreCase("close");
                case "set-cookie" -> {
                    String pair = value.split(";", 2)[0];
                    cookie = cookie == null ? pair : cookie + "; " + pair;
                }
                default -> throw new IllegalStateException(name);
            }
        }
    }

    /** The lower-case name of the header that begins here if it is one of those that count. */
    private String field(int at) {
        for (String name : new String[] {"content-length", "transfer-encoding", "connection", "set-cookie"}) {
            if (head.regionMatches(true, at, name, 0, name.length()) && head.charAt(at + name.length()) == ':') {
                return name;
            }
        }
        return "";
    }

    int status() {
        return status;
    }

    boolean closes() {
        return closes;
    }

    /** What {@code Cookie} has to carry from now on, null if the server set none. */
    @Nullable
    String cookie() {
        return cookie;
    }

    boolean isEmpty() {
        return status == 204 || contentLength == 0 || contentLength == UNKNOWN && received.length() == bodyAt;
    }

    String body() {
        if (!chunked) {
            return text(bodyAt);
        }
        Bytes whole = new Bytes(received.length());
        int at = bodyAt;
        while (true) {
            int lineEnd = at;
            while (received.array()[lineEnd] != '\r') {
                lineEnd++;
            }
            int size =
                    Integer.parseInt(received.text(at, lineEnd).split(";", 2)[0].strip(), 16);
            if (size == 0) {
                return whole.text();
            }
            whole.add(java.nio.ByteBuffer.wrap(received.array(), lineEnd + 2, size));
            at = lineEnd + 2 + size + 2;
        }
    }

    /** The reply as the simulator's Digest wants it. */
    HttpReply forDigest() {
        Headers headers = new Headers();
        for (String line : head.split("\r\n")) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.add(line.substring(0, colon), line.substring(colon + 1).strip());
            }
        }
        return new HttpReply(status, "", headers, new byte[0]);
    }

    private String text(int from) {
        return received.text(from, received.length());
    }
}

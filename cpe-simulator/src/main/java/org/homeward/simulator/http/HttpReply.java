package org.homeward.simulator.http;

import java.nio.charset.StandardCharsets;

/** What a server answered; the body is already de-chunked and inflated. */
public record HttpReply(int status, String reason, Headers headers, byte[] body) {

    public boolean isEmpty() {
        return body.length == 0;
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Whether the server keeps the connection open after this reply. */
    public boolean keepsAlive() {
        return !headers.hasToken("Connection", "close");
    }
}

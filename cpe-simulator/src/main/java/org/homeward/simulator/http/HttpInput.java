package org.homeward.simulator.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/** Reads HTTP/1.1 messages, requests or replies, off a stream. */
final class HttpInput {
    private static final int MAX_LINE = 64 * 1024;
    private static final int MAX_BODY = 512 * 1024 * 1024;
    private final InputStream in;

    HttpInput(InputStream in) {
        this.in = new BufferedInputStream(in, 4096);
    }

    /** The start line, null when the peer closed before the first byte. */
    @Nullable
    String startLine() throws IOException {
        String line = line();
        while (line != null && line.isEmpty()) {
            line = line();
        }
        return line;
    }

    Headers headers() throws IOException {
        Headers headers = new Headers();
        @Nullable String name = null;
        StringBuilder value = new StringBuilder();
        while (true) {
            String line = line();
            if (line == null) {
                throw new EOFException("connection closed inside the headers");
            }
            boolean continues = line.startsWith(" ") || line.startsWith("\t");
            if (continues && name != null) {
                value.append(' ').append(line.strip());
                continue;
            }
            if (name != null) {
                headers.add(name, value.toString());
            }
            if (line.isEmpty()) {
                return headers;
            }
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new IOException("not a header line: " + line);
            }
            name = line.substring(0, colon).strip();
            value = new StringBuilder(line.substring(colon + 1).strip());
        }
    }

    byte[] body(Headers headers, boolean untilClose) throws IOException {
        ByteArrayOutputStream raw = new ByteArrayOutputStream();
        copy(headers, untilClose, raw);
        return decoded(headers, raw.toByteArray());
    }

    static byte[] decoded(Headers headers, byte[] raw) throws IOException {
        if (raw.length == 0) {
            return raw;
        }
        if (headers.hasToken("Content-Encoding", "gzip")) {
            return new GZIPInputStream(new java.io.ByteArrayInputStream(raw)).readAllBytes();
        }
        if (headers.hasToken("Content-Encoding", "deflate")) {
            return new InflaterInputStream(new java.io.ByteArrayInputStream(raw)).readAllBytes();
        }
        return raw;
    }

    /** Passes a body on as it comes, de-chunked but not decoded. */
    void copy(Headers headers, boolean untilClose, OutputStream sink) throws IOException {
        String length = headers.first("Content-Length");
        if (headers.hasToken("Transfer-Encoding", "chunked")) {
            copyChunks(sink);
        } else if (length != null) {
            copyExactly(Long.parseLong(length.strip()), sink);
        } else if (untilClose) {
            in.transferTo(sink);
        }
    }

    private void copyChunks(OutputStream sink) throws IOException {
        while (true) {
            String line = line();
            if (line == null) {
                throw new EOFException("connection closed inside a chunked body");
            }
            int size = Integer.parseInt(line.split(";", 2)[0].strip(), 16);
            if (size == 0) {
                headers();
                return;
            }
            copyExactly(size, sink);
            line();
        }
    }

    private void copyExactly(long length, OutputStream sink) throws IOException {
        if (length < 0 || length > MAX_BODY) {
            throw new IOException("body of " + length + " bytes");
        }
        byte[] buffer = new byte[(int) Math.min(length, 16 * 1024)];
        long left = length;
        while (left > 0) {
            int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (read < 0) {
                throw new EOFException("connection closed after " + (length - left) + " of " + length + " bytes");
            }
            sink.write(buffer, 0, read);
            left -= read;
        }
    }

    private @Nullable String line() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(80);
        while (true) {
            int b = in.read();
            if (b < 0) {
                if (out.size() == 0) {
                    return null;
                }
                throw new EOFException("connection closed inside a line");
            }
            if (b == '\n') {
                String line = out.toString(StandardCharsets.ISO_8859_1);
                return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
            }
            if (out.size() >= MAX_LINE) {
                throw new IOException("line over " + MAX_LINE + " bytes");
            }
            out.write(b);
        }
    }
}

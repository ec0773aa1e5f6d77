package org.homeward.simulator.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
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
        byte[] raw = rawBody(headers, untilClose);
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

    private byte[] rawBody(Headers headers, boolean untilClose) throws IOException {
        if (headers.hasToken("Transfer-Encoding", "chunked")) {
            return chunks();
        }
        String length = headers.first("Content-Length");
        if (length != null) {
            return exactly(Integer.parseInt(length.strip()));
        }
        return untilClose ? in.readAllBytes() : new byte[0];
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        while (true) {
            String line = line();
            if (line == null) {
                throw new EOFException("connection closed inside a chunked body");
            }
            int size = Integer.parseInt(line.split(";", 2)[0].strip(), 16);
            if (size == 0) {
                headers();
                return out.toByteArray();
            }
            out.writeBytes(exactly(size));
            line();
        }
    }

    private byte[] exactly(int length) throws IOException {
        if (length < 0 || length > MAX_BODY) {
            throw new IOException("body of " + length + " bytes");
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("connection closed after " + bytes.length + " of " + length + " bytes");
        }
        return bytes;
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

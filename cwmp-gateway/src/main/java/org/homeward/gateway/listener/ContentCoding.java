package org.homeward.gateway.listener;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Undoes the content coding of a body (RFC 9110 8.4): gzip and deflate, as real CPEs send them. Done here and not by
 * the HTTP server, which drops the connection over a body that can't be inflated: a CPE shall get an answer.
 */
sealed interface ContentCoding {

    record Plain(byte[] body) implements ContentCoding {
        @Override
        public String toString() {
            return "Plain[" + body.length + " bytes]";
        }
    }

    /** HTTP 413: more than is allowed came out; the rest was not inflated. */
    record TooLarge() implements ContentCoding {}

    /** HTTP 400 */
    record Broken() implements ContentCoding {}

    /** HTTP 415 */
    record Unknown() implements ContentCoding {}

    /** @param coding header {@code Content-Encoding}, null for none. @param most bytes that may come out */
    static ContentCoding undo(@Nullable String coding, byte[] body, int most) {
        if (coding == null || body.length == 0) {
            return new Plain(body);
        }
        return switch (coding.strip().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> new Plain(body);
            case "gzip", "x-gzip" -> inflate(body, most, GZIPInputStream::new);
            case "deflate" -> inflate(body, most, in -> new InflaterInputStream(in, new Inflater(isRaw(body))));
            default -> new Unknown();
        };
    }

    /** Deflate is to come in the zlib format; some send it bare. */
    private static boolean isRaw(byte[] body) {
        return body.length < 2 || (body[0] & 0x0f) != 8 || ((body[0] & 0xff) << 8 | body[1] & 0xff) % 31 != 0;
    }

    private static ContentCoding inflate(byte[] body, int most, Opener opener) {
        try (InputStream in = opener.open(new ByteArrayInputStream(body))) {
            byte[] plain = in.readNBytes(most + 1);
            return plain.length > most ? new TooLarge() : new Plain(plain);
        } catch (IOException e) {
            return new Broken();
        }
    }

    @FunctionalInterface
    interface Opener {
        InputStream open(InputStream in) throws IOException;
    }
}

package org.homeward.registry.subscriber.rest;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The lines of a file in UTF-8, of whatever length: one that is too long is read over, and the next is read as usual. A
 * byte order mark is skipped.
 */
final class LineReader {

    static final int LONGEST = 64 * 1024;

    private final InputStream in;
    private final byte[] line = new byte[LONGEST];
    private long number;

    LineReader(InputStream in) {
        this.in = new BufferedInputStream(in, LONGEST);
    }

    /** A line without its end. @param complaint why it can't be read; empty if it can */
    record Line(long number, String text, String complaint) {}

    /** The next line; empty at the end of the file. */
    Optional<Line> next() throws IOException {
        int length = 0;
        int read = in.read();
        if (read < 0) {
            return Optional.empty();
        }
        number++;
        for (; read >= 0 && read != '\n'; read = in.read()) {
            if (length < LONGEST) {
                line[length] = (byte) read;
            }
            length++;
        }
        if (length > LONGEST) {
            return Optional.of(new Line(number, "", "is longer than " + LONGEST + " bytes"));
        }
        int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
        return Optional.of(decoded(number == 1 && hasMark(end) ? 3 : 0, end));
    }

    private boolean hasMark(int end) {
        return end >= 3 && Arrays.equals(line, 0, 3, new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF}, 0, 3);
    }

    private Line decoded(int from, int end) {
        try {
            return new Line(
                    number,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .decode(ByteBuffer.wrap(line, from, end - from))
                            .toString(),
                    "");
        } catch (CharacterCodingException e) {
            return new Line(number, "", "is not UTF-8");
        }
    }
}

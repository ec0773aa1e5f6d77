package org.homeward.gateway.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentCodingTest {

    private static final byte[] TEXT = "an envelope".getBytes(StandardCharsets.UTF_8);

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        }
        return out.toByteArray();
    }

    private static byte[] deflate(byte[] plain, boolean raw) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflate = new DeflaterOutputStream(out, new Deflater(9, raw))) {
            deflate.write(plain);
        }
        return out.toByteArray();
    }

    private static byte[] plain(ContentCoding coding) {
        assertThat(coding).isInstanceOf(ContentCoding.Plain.class);
        return ((ContentCoding.Plain) coding).body();
    }

    @Test
    void undoesGzipAndBothFormsOfDeflate() throws IOException {
        assertThat(plain(ContentCoding.undo("GZIP", gzip(TEXT), 100))).isEqualTo(TEXT);
        assertThat(plain(ContentCoding.undo("deflate", deflate(TEXT, false), 100)))
                .isEqualTo(TEXT);
        assertThat(plain(ContentCoding.undo("deflate", deflate(TEXT, true), 100)))
                .isEqualTo(TEXT);
    }

    @Test
    void leavesTheRestAsItIs() {
        assertThat(plain(ContentCoding.undo(null, TEXT, 100))).isEqualTo(TEXT);
        assertThat(plain(ContentCoding.undo("identity", TEXT, 100))).isEqualTo(TEXT);
        assertThat(plain(ContentCoding.undo("gzip", new byte[0], 100))).isEmpty();
    }

    @Test
    void stopsWhereMoreComesOutThanIsAllowed() throws IOException {
        assertThat(ContentCoding.undo("gzip", gzip(new byte[101]), 100)).isInstanceOf(ContentCoding.TooLarge.class);
        assertThat(plain(ContentCoding.undo("gzip", gzip(new byte[100]), 100))).hasSize(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate"})
    void tellsWhatIsBroken(String coding) {
        assertThat(ContentCoding.undo(coding, TEXT, 100)).isInstanceOf(ContentCoding.Broken.class);
    }

    @Test
    void tellsWhatItDoesNotKnow() {
        assertThat(ContentCoding.undo("br", TEXT, 100)).isInstanceOf(ContentCoding.Unknown.class);
    }
}

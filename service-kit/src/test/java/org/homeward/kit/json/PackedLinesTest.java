package org.homeward.kit.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import org.homeward.contracts.SessionId;
import org.homeward.contracts.session.SessionTranscript;
import org.homeward.contracts.session.SessionTranscript.Direction;
import org.homeward.contracts.session.SessionTranscript.Line;
import org.junit.jupiter.api.Test;

class PackedLinesTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00.123Z");

    @Test
    void givesBackWordByWordWhatWasPacked() {
        List<Line> lines = List.of(
                new Line(NOW, Direction.CPE_TO_ACS, "Inform", "<Name>\"é\" \r\n😀</Name>".repeat(5_000)),
                new Line(NOW.plusMillis(5), Direction.ACS_TO_CPE, "", ""));

        String packed = PackedLines.pack(lines);

        assertThat(packed).hasSizeLessThan(5_000);
        assertThat(PackedLines.unpack(new SessionTranscript(new SessionId("s"), NOW, 1, true, packed)))
                .isEqualTo(lines);
    }

    @Test
    void refusesWhatWasNeverPacked() {
        assertThatThrownBy(() -> PackedLines.unpack(new byte[] {1, 2, 3})).isInstanceOf(UncheckedIOException.class);
    }
}

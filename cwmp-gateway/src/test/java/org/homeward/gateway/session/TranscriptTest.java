package org.homeward.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.homeward.contracts.SessionId;
import org.homeward.contracts.session.SessionTranscript;
import org.homeward.contracts.session.SessionTranscript.Line;
import org.homeward.kit.json.PackedLines;
import org.junit.jupiter.api.Test;

class TranscriptTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private final List<SessionTranscript> parts = new ArrayList<>();
    private final Transcript transcript = new Transcript(
            new SessionId("s"), NOW, xml -> xml.replace("hunter2", "(secret)"), Runnable::run, parts::add);

    private List<Line> lines() {
        return parts.stream().flatMap(part -> PackedLines.unpack(part).stream()).toList();
    }

    @Test
    void keepsWhatWasSaidUntilTheEnd() {
        transcript.heard(NOW, "Inform", "<hunter2/>");
        transcript.said(NOW, "InformResponse", "<ok/>");
        assertThat(parts).isEmpty();

        transcript.finish();

        assertThat(parts).singleElement().satisfies(part -> {
            assertThat(part.last()).isTrue();
            assertThat(part.began()).isEqualTo(NOW);
            assertThat(PackedLines.unpack(part)).extracting(Line::xml).containsExactly("<(secret)/>", "<ok/>");
        });
    }

    @Test
    void looksForNoSecretsAmongNames() {
        transcript.heard(NOW, "GetParameterNamesResponse", "<Name>Device.hunter2</Name>");
        transcript.said(NOW, "GetParameterValues", "<string>Device.hunter2</string>");
        transcript.heard(NOW, "GetParameterValues", "hunter2, from a CPE that asks what only we may");
        transcript.heard(NOW, "", "hunter2, but not well-formed");
        transcript.finish();

        assertThat(lines())
                .extracting(Line::xml)
                .containsExactly(
                        "<Name>Device.hunter2</Name>",
                        "<string>Device.hunter2</string>",
                        "(secret), from a CPE that asks what only we may",
                        "(secret), but not well-formed");
    }

    @Test
    void letsAFirstPartGoWhenMuchWasSaid() {
        for (int i = 0; i < 12; i++) {
            transcript.heard(NOW, "Fault", "x".repeat(20_000));
        }
        assertThat(parts).hasSize(1);
        assertThat(transcript.isBegun()).isTrue();

        transcript.finish();

        assertThat(parts).extracting(SessionTranscript::part).containsExactly(1, 2);
        assertThat(parts).extracting(SessionTranscript::last).containsExactly(false, true);
        assertThat(lines()).hasSize(12);
    }

    @Test
    void keepsNothingThatIsSaidAfterTheEnd() {
        transcript.finish();
        transcript.heard(NOW, "Inform", "x".repeat(200_000));

        assertThat(parts)
                .singleElement()
                .satisfies(part -> assertThat(part.last()).isTrue());
    }

    @Test
    void cutsAMessageThatIsTooLargeForAPart() {
        String large = "é".repeat(400_000) + "😀".repeat(1_000);
        transcript.heard(NOW, "GetParameterValuesResponse", large);
        transcript.said(NOW, "", "");
        transcript.finish();

        assertThat(parts)
                .allSatisfy(part -> assertThat(PackedLines.unpack(part).stream()
                                .mapToInt(line -> line.xml().length())
                                .sum())
                        .isLessThanOrEqualTo(192 * 1024));
        assertThat(lines().stream().map(Line::xml).collect(Collectors.joining()))
                .isEqualTo(large);
        assertThat(lines().stream().filter(line -> !line.method().isEmpty())).hasSize(1);
        assertThat(parts.getLast().last()).isTrue();
    }
}

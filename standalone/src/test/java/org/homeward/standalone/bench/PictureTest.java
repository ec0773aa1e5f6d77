package org.homeward.standalone.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class PictureTest {

    private static JsonNode results() throws Exception {
        return new ObjectMapper().readTree("""
                {"machine": {"at": "2026-01-02T03:04:05Z", "cores": 2, "java": "25"},
                 "steady": {"registered": 1000, "sessionsPerSecond": 2000.4, "sessionsPerCpuSecond": 1234.0,
                            "session": {"p50": 18.2, "p99": 38.1}, "memory": {"gateway": 1024, "PostgreSQL": 512},
                            "failures": {}, "refused": 0, "findings": {"differing": 0}},
                 "order": {"millis": {"count": 300, "p50": 52.1, "p95": 80.0, "p99": 99.0, "max": 120.0}, "failures": []},
                 "storm": {"devices": 5000, "withinSeconds": 10.0,
                           "timeline": [{"served": 10, "refused": 0}, {"served": 5, "refused": 7}]}}
                """);
    }

    @Test
    void showsOurBarsAndThoseOfTheOthers() throws Exception {
        // When
        String svg = Picture.svg(results());

        // Then
        Document parsed =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
        assertThat(parsed.getElementsByTagName("rect").getLength()).isEqualTo(1 + 4 + 3 + 4);
        assertThat(svg).contains("Homeward, 1,000 devices", ">1,234<", "FreeACS", ">630<", "5,000 devices come back");
    }

    @Test
    void drawsNothingWhereNothingWasMeasured() throws Exception {
        assertThat(Picture.svg(new ObjectMapper().readTree("{}"))).isEmpty();
    }

    @Test
    void thePageOfTheDocsTellsTheFiguresOfAFile(@TempDir Path docs) throws Exception {
        // Given
        Path page = docs.resolve("benchmark.md");
        Files.createDirectory(docs.resolve("images"));
        Files.writeString(page, """
                before
                <!-- figures, by ./homeward bench docs -->
                old
                <!-- end of figures -->
                after
                """);

        // When
        DocsPage.refresh(docs, results());

        // Then
        assertThat(page)
                .content()
                .startsWith("before\n")
                .endsWith("after\n")
                .contains("| steady | 1,000 | 2,000 | 1,234 | 18 ms, 38 ms | 1.5 GiB | 0, 0, 0 |")
                .contains("| 300 orders, one at a time | 52 ms | 80 ms | 99 ms | 120 ms | 0 |")
                .doesNotContain("old");
        assertThat(docs.resolve("images/benchmark.svg")).content().startsWith("<svg");
    }
}

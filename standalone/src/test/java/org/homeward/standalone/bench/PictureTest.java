package org.homeward.standalone.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class PictureTest {

    @Test
    void showsOurBarsAndThoseOfTheOthers() throws Exception {
        // Given
        Percentiles some = new Percentiles(1, 1, 1, 1, 1);
        Picture picture = new Picture();
        picture.add(new SessionResult(
                "steady", 1, 1, 1, 0, 1, 1, 1, 1, Map.of(), Map.of(), 1234, 0, some, some, 0, Map.of(), Map.of(),
                null));

        // When
        String svg = picture.svg();

        // Then
        Document parsed =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
        assertThat(parsed.getElementsByTagName("rect").getLength()).isEqualTo(7);
        assertThat(svg).contains("Homeward, steady", ">1234<", "GenieACS, first contact", ">32<");
    }
}

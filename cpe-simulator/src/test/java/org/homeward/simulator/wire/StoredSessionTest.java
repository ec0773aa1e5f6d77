package org.homeward.simulator.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.homeward.simulator.Credentials;
import org.homeward.simulator.SessionReport;
import org.homeward.simulator.SimulatedCpe;
import org.homeward.simulator.acs.Rpcs;
import org.homeward.simulator.acs.ScriptedAcs;
import org.homeward.simulator.wire.TranscriptPlayer.Asked;
import org.homeward.simulator.wire.TranscriptPlayer.Played;
import org.homeward.simulator.wire.TranscriptPlayer.Source;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredSessionTest {
    private static final String VERSION = "Device.DeviceInfo.SoftwareVersion";

    @TempDir
    private Path folder;

    /** A session of a simulated CPE, in the form in which Homeward keeps one: no headers, no empty messages. */
    private Path stored() throws IOException {
        ArrayNode messages = JsonMapper.builder().build().createArrayNode();
        try (ScriptedAcs acs = ScriptedAcs.start().ask(Rpcs.getParameterValues(VERSION));
                SimulatedCpe cpe = SimulatedCpe.builder(acs.uri())
                        .keepBodies()
                        .bootstrapped()
                        .build()) {
            for (SessionReport.Exchange said :
                    cpe.informNow("2 PERIODIC").join().exchanges()) {
                add(messages, "cpeToAcs", said.sentXml());
                add(messages, "acsToCpe", said.receivedXml());
            }
        }
        ObjectNode session = JsonMapper.builder().build().createObjectNode().put("id", "1f0c");
        session.set("messages", messages);
        return Files.writeString(folder.resolve("session.json"), session.toString());
    }

    private static void add(ArrayNode messages, String direction, @Nullable String xml) {
        if (xml != null && !xml.isEmpty()) {
            int half = xml.length() / 2;
            messages.addObject().put("direction", direction).put("method", "M").put("xml", xml.substring(0, half));
            // What is long is kept in several lines, the later ones without a method.
            messages.addObject().put("direction", direction).put("method", "").put("xml", xml.substring(half));
        }
    }

    @Test
    void playsASessionThatHomewardKept() throws IOException {
        Transcript transcript = Transcript.read(stored());
        try (ScriptedAcs acs = ScriptedAcs.start().ask(Rpcs.getParameterValues(VERSION))) {
            List<Played> played = new TranscriptPlayer(acs.uri(), transcript, Credentials.none()).play();

            assertThat(played).singleElement().matches(Played::ended);
            assertThat(played.getFirst().asked()).containsExactly(new Asked("GetParameterValues", Source.RECORDED));
            assertThat(acs.last("GetParameterValuesResponse").values()).containsOnlyKeys(VERSION);
            assertThat(acs.last("Inform").events()).containsExactly("2 PERIODIC");
        }
    }

    @Test
    void saysThatASessionWithoutMessagesCannotBePlayed() throws IOException {
        Path file = Files.writeString(folder.resolve("empty.json"), "{\"id\": \"1\", \"messages\": []}");

        assertThatThrownBy(() -> Transcript.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no session with messages");
    }
}

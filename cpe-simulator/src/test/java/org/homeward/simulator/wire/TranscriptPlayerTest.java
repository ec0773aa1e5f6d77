package org.homeward.simulator.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.homeward.simulator.Credentials;
import org.homeward.simulator.acs.Rpcs;
import org.homeward.simulator.acs.ScriptedAcs;
import org.homeward.simulator.acs.ScriptedAcs.Login;
import org.homeward.simulator.wire.TranscriptPlayer.Asked;
import org.homeward.simulator.wire.TranscriptPlayer.Played;
import org.homeward.simulator.wire.TranscriptPlayer.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TranscriptPlayerTest {
    private static final Path TRANSCRIPTS =
            Path.of(System.getProperty("homeward.shared", "../../shared"), "cwmp", "transcripts");

    private static Transcript transcript(String name) throws IOException {
        Path file = TRANSCRIPTS.resolve(name);
        assumeTrue(Files.exists(file), () -> "DID NOT RUN: no recorded session at " + file);
        return Transcript.read(file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cwmp-sim-no-cookies", "fritzbox-like-digest", "genieacs-sim", "netcwmp"})
    void playsEveryRecordedSessionToItsEnd(String name) throws IOException {
        Transcript transcript = transcript(name + ".txt");
        try (ScriptedAcs acs = ScriptedAcs.start(Login.DIGEST_MD5, Map.of("user", "secret"))) {
            acs.ask(Rpcs.getRpcMethods(), "<cwmp:X_Unheard/>");

            List<Played> played =
                    new TranscriptPlayer(acs.uri(), transcript, Credentials.digest("user", "secret")).play();

            assertThat(played).hasSameSizeAs(transcript.sessions()).allMatch(Played::ended);
            assertThat(played.getFirst().statuses().getFirst()).isEqualTo(401);
            assertThat(played.getFirst().asked()).contains(new Asked("X_Unheard", Source.INVENTED_FAULT));
            assertThat(acs.heard("Inform")).hasSize(transcript.sessions().size());
        }
    }

    @Test
    void answersReadsThatWereNeverRecordedFromWhatWas() throws IOException {
        Transcript transcript = transcript("genieacs-sim.txt");
        String version = "InternetGatewayDevice.DeviceInfo.SoftwareVersion";
        try (ScriptedAcs acs = ScriptedAcs.start()) {
            acs.ask(
                    Rpcs.getParameterNames("InternetGatewayDevice.DeviceInfo.", true),
                    Rpcs.getParameterValues(version),
                    Rpcs.getParameterValues("InternetGatewayDevice.Nowhere"));

            Played first = new TranscriptPlayer(acs.uri(), transcript, Credentials.none())
                    .play()
                    .getFirst();

            assertThat(first.asked())
                    .extracting(Asked::answer)
                    .containsExactly(Source.RECORDED, Source.RECORDED, Source.INVENTED_FAULT);
            assertThat(acs.last("GetParameterNamesResponse").names())
                    .contains(version)
                    .allMatch(n -> n.startsWith("InternetGatewayDevice.DeviceInfo."));
            assertThat(acs.last("GetParameterValuesResponse").values()).containsOnlyKeys(version);
            assertThat(acs.last("GetParameterValuesResponse").envelope().id()).startsWith("acs-");
        }
    }

    @Test
    void treatsCookiesAsTheRecordedStackDid() throws IOException {
        assertThat(cookies("cwmp-sim-no-cookies.txt")).isEmpty();
        assertThat(cookies("netcwmp.txt")).isNotEmpty().allMatch(c -> c.contains("Path=/"));
        assertThat(cookies("fritzbox-like-digest.txt")).isNotEmpty().noneMatch(c -> c.contains("Path=/"));
    }

    private static List<String> cookies(String name) throws IOException {
        Transcript transcript = transcript(name);
        try (ScriptedAcs acs = ScriptedAcs.start()) {
            acs.ask(Rpcs.getRpcMethods());
            new TranscriptPlayer(acs.uri(), transcript, Credentials.none()).play();
            return acs.heard().stream()
                    .flatMap(h -> Stream.ofNullable(h.headers().first("Cookie")))
                    .toList();
        }
    }
}

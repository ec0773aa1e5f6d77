package org.homeward.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.homeward.backends.testing.SharedBackends;
import org.homeward.contracts.plan.Action;
import org.homeward.contracts.rpc.Rpc;
import org.homeward.simulator.Credentials;
import org.homeward.simulator.wire.Transcript;
import org.homeward.simulator.wire.TranscriptPlayer;
import org.homeward.simulator.wire.TranscriptPlayer.Played;
import org.homeward.simulator.wire.TranscriptPlayer.Source;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The CPE's side of sessions that real stacks had, with this gateway as the ACS. */
class RecordedSessionsTest {

    private static final Path TRANSCRIPTS =
            Path.of(System.getProperty("homeward.shared", "../../shared"), "cwmp", "transcripts");
    private static GatewayFixture open;
    private static GatewayFixture guarded;

    @BeforeAll
    static void start() {
        open = new GatewayFixture(SharedBackends.kafkaBootstrapServers(), "open", "true", "gateway-id", "open");
        guarded = new GatewayFixture(
                SharedBackends.kafkaBootstrapServers(),
                "gateway-id",
                "guarded",
                "factory-username",
                "fresh",
                "factory-password",
                "secret");
    }

    @AfterAll
    static void stop() {
        open.close();
        guarded.close();
    }

    private static Transcript transcript(String name) throws Exception {
        Path file = TRANSCRIPTS.resolve(name + ".txt");
        assumeTrue(Files.exists(file), () -> "DID NOT RUN: no recorded session at " + file);
        return Transcript.read(file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cwmp-sim-no-cookies", "fritzbox-like-digest", "genieacs-sim", "netcwmp"})
    void everyRecordedSessionGoesToItsEnd(String name) throws Exception {
        Transcript transcript = transcript(name);
        open.brain.does(
                new Action.Call(new Rpc.GetRPCMethods()),
                new Action.ReadTree(List.of("InternetGatewayDevice.DeviceInfo.")));

        List<Played> played = new TranscriptPlayer(URI.create(open.url()), transcript, Credentials.none()).play();

        assertThat(played).isNotEmpty().allMatch(Played::ended);
        assertThat(played).allSatisfy(session -> {
            assertThat(session.statuses()).allMatch(status -> status == 200 || status == 204);
            assertThat(session.received()).contains("InformResponse", "GetRPCMethods");
        });
        assertThat(played.stream().flatMap(session -> session.asked().stream()))
                .anyMatch(asked -> asked.answer() == Source.RECORDED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cwmp-sim-no-cookies", "fritzbox-like-digest", "genieacs-sim", "netcwmp"})
    void withCredentialsFirstContactGoesToItsEndAndTheRestIsChallenged(String name) throws Exception {
        Transcript transcript = transcript(name);
        guarded.brain.calls(new Rpc.GetRPCMethods());

        List<Played> played = new TranscriptPlayer(
                        URI.create(guarded.url()), transcript, Credentials.digest("fresh", "secret"))
                .play();

        assertThat(played).isNotEmpty();
        assertThat(played.getFirst().statuses().getFirst()).isEqualTo(401);
        assertThat(played)
                .allSatisfy(session -> assertThat(
                                session.ended() || session.statuses().contains(401))
                        .isTrue());
    }
}

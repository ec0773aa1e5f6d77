package org.homeward.stunconnector.server.udp;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.homeward.stunconnector.binding.BindingTimes;
import org.homeward.stunconnector.binding.Bindings;
import org.homeward.stunconnector.server.ProvenAddresses;
import org.homeward.stunconnector.server.RateLimit;
import org.homeward.stunconnector.server.ServerRules;
import org.homeward.stunconnector.server.StunServer;
import org.homeward.stunconnector.tools.DebianTools;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server as clients see it that are not ours. */
class CoturnTest {

    private final List<StunSockets> opened = new ArrayList<>();

    private StunSockets listen(String host) throws PortTaken {
        Bindings bindings = new Bindings(
                new BindingTimes(Duration.ofMinutes(3), Duration.ofHours(1), Duration.ofMinutes(30)), System::nanoTime);
        StunSockets sockets = new StunSockets(
                new StunSockets.Place(host, 0, 0, List.of()),
                new StunServer(
                        new ServerRules(true, true),
                        username -> Optional.empty(),
                        bindings,
                        new RateLimit(100, 1_000, System::nanoTime),
                        new ProvenAddresses(Duration.ofMinutes(3), System::nanoTime)),
                new SimpleMeterRegistry());
        opened.add(sockets);
        return sockets;
    }

    @AfterEach
    void close() {
        opened.forEach(StunSockets::close);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void tellsItsClientItsAddress(String host) throws Exception {
        StunSockets server = listen(host);

        DebianTools.Output output =
                Coturn.installed().run("turnutils_stunclient", "-L", host, "-p", String.valueOf(server.port()), host);

        assertThat(output.text()).containsPattern("UDP reflexive addr: .*" + host);
        assertThat(output.exit()).isZero();
    }

    @Test
    void tellsItAtTheAlternatePortAsWell() throws Exception {
        StunSockets server = listen("127.0.0.1");

        DebianTools.Output output = Coturn.installed()
                .run(
                        "turnutils_stunclient",
                        "-L",
                        "127.0.0.1",
                        "-p",
                        String.valueOf(server.alternatePort()),
                        "127.0.0.1");

        assertThat(output.text()).contains("UDP reflexive addr: 127.0.0.1");
    }
}

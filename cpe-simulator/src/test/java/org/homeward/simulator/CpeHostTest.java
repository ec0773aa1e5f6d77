package org.homeward.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeward.simulator.Sessions.success;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.homeward.simulator.acs.ScriptedAcs;
import org.homeward.simulator.acs.ScriptedAcs.Dialogue;
import org.homeward.simulator.acs.ScriptedAcs.Heard;
import org.homeward.simulator.acs.ScriptedAcs.Login;
import org.homeward.simulator.http.SmallHttpServer;
import org.junit.jupiter.api.Test;

class CpeHostTest {
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger mostOpen = new AtomicInteger();

    private Dialogue count(Heard inform) {
        mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
        return () -> {
            open.decrementAndGet();
            return Optional.empty();
        };
    }

    @Test
    void letsNoMoreSessionsRunThanThereIsRoomForAndForgetsNone() {
        try (ScriptedAcs acs = ScriptedAcs.start(SmallHttpServer.loopback(0), Login.OPEN, Map.of(), this::count);
                CpeHost host = new CpeHost(2)) {
            List<SimulatedCpe> cpes = IntStream.range(0, 40)
                    .mapToObj(i -> SimulatedCpe.builder(acs.uri())
                            .host(host)
                            .serial("S" + i)
                            .build())
                    .toList();

            List<CompletableFuture<SessionReport>> sessions =
                    cpes.stream().map(cpe -> cpe.informNow()).toList();

            assertThat(sessions).allSatisfy(session -> success(session));
            assertThat(mostOpen).hasPositiveValue().hasValueLessThanOrEqualTo(2);
        }
    }
}

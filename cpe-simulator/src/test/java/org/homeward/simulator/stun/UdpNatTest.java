package org.homeward.simulator.stun;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.homeward.simulator.nat.UdpLoop;
import org.homeward.simulator.nat.UdpNat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UdpNatTest {

    private record Got(InetSocketAddress from, String text) {}

    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final UdpLoop loop = new UdpLoop();
    private final List<Got> atServer = new CopyOnWriteArrayList<>();
    private final List<Got> atInside = new CopyOnWriteArrayList<>();
    private final UdpLoop.Port server =
            loop.open(ANY, (from, bytes) -> atServer.add(new Got(from, new String(bytes, UTF_8))));
    private final UdpLoop.Port inside =
            loop.open(ANY, (from, bytes) -> atInside.add(new Got(from, new String(bytes, UTF_8))));
    private final UdpNat nat = UdpNat.before(server.address(), Duration.ofMinutes(5));

    @AfterEach
    void close() {
        nat.close();
        loop.close();
    }

    private InetSocketAddress goOut() {
        int before = atServer.size();
        inside.send("out".getBytes(UTF_8), nat.inside());
        await().until(() -> atServer.size() > before);
        return atServer.getLast().from();
    }

    @Test
    void givesTheInsideAnAddressOfItsOwnAndLetsTheServerAnswer() {
        InetSocketAddress outside = goOut();
        server.send("in".getBytes(UTF_8), outside);

        await().until(() -> !atInside.isEmpty());
        assertThat(atInside).containsExactly(new Got(nat.inside(), "in"));
        assertThat(outside).isNotEqualTo(inside.address()).isEqualTo(nat.outsideOf(inside.address()));
    }

    @Test
    void letsNobodyElseIn() {
        InetSocketAddress outside = goOut();
        inside.send("stranger".getBytes(UTF_8), outside);

        await().until(() -> nat.refused() == 1);
        assertThat(atInside).isEmpty();
    }

    @Test
    void forgetsWhoIsSilentForTooLong() {
        InetSocketAddress outside = goOut();
        nat.timeout(Duration.ZERO);
        server.send("in".getBytes(UTF_8), outside);

        await().until(() -> nat.refused() == 1);
        nat.timeout(Duration.ofMinutes(5));
        nat.reboot();
        assertThat(goOut()).isNotNull();
    }

    @Test
    void losesWhatItIsToldToLose() {
        InetSocketAddress outside = goOut();
        nat.loseInbound(1);
        server.send("first".getBytes(UTF_8), outside);
        server.send("second".getBytes(UTF_8), outside);

        await().until(() -> !atInside.isEmpty());
        assertThat(atInside).extracting(Got::text).containsExactly("second");
    }
}

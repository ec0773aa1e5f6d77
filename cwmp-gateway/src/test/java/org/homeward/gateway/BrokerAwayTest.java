package org.homeward.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.homeward.backends.kafka.EmbeddedKafka;
import org.homeward.contracts.rpc.Rpc;
import org.homeward.contracts.session.SessionEvent.SessionClosed;
import org.homeward.contracts.session.SessionEvent.SessionClosed.Reason;
import org.junit.jupiter.api.Test;

/** Nothing is promised to a CPE that Kafka does not have; and saying no is quick. */
class BrokerAwayTest {

    @Test
    void saysNoQuicklyWhileTheBrokerIsAwayAndServesWhenItIsBack() {
        try (EmbeddedKafka broker = EmbeddedKafka.temporary().start();
                GatewayFixture fixture = new GatewayFixture(broker.bootstrapServers(), "open", "true");
                RawCpe cpe = new RawCpe(fixture.port(), "AWAY");
                RawCpe inSession = new RawCpe(fixture.port(), "INSESSION")) {
            fixture.brain.calls(new Rpc.GetRPCMethods());
            inSession.inform("1 BOOT");
            var rpc = inSession.empty();
            broker.stop();

            var first = cpe.inform("1 BOOT");
            long began = System.nanoTime();
            var second = cpe.inform("1 BOOT");
            Duration quick = Duration.ofNanos(System.nanoTime() - began);
            var answer = inSession.post(RawCpe.envelope(rpc.id(), "<cwmp:GetRPCMethodsResponse/>"));

            assertThat(first.status()).isEqualTo(503);
            assertThat(second.status()).isEqualTo(503);
            assertThat(second.header("Retry-After")).isEqualTo("30");
            assertThat(second.header("Set-Cookie")).isEmpty();
            assertThat(quick).isLessThan(Duration.ofMillis(200));
            assertThat(answer.status())
                    .as("what the CPE says once could not be kept: it shall call again")
                    .isEqualTo(503);
            assertThat(fixture.gateway.sessions().open()).isZero();

            broker.start();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> cpe.reconnect().inform("1 BOOT").status() == 200);
            fixture.brain.calls();
            assertThat(cpe.empty().status()).isIn(200, 204);
        }
    }

    @Test
    void endsEverySessionInOrderWhenTheGatewayStops() {
        try (EmbeddedKafka broker = EmbeddedKafka.temporary().start()) {
            GatewayFixture fixture = new GatewayFixture(broker.bootstrapServers(), "open", "true");
            fixture.brain.stop();
            try (RawCpe waiting = new RawCpe(fixture.port(), "WAITING");
                    RawCpe listening = new RawCpe(fixture.port(), "LISTENING")) {
                waiting.inform("1 BOOT");
                waiting.send(new byte[0]);
                listening.inform("1 BOOT");
                await().until(() -> fixture.gateway.sessions().open() == 2);

                fixture.gateway.close();

                assertThat(waiting.receive().status()).isEqualTo(503);
                assertThat(fixture.brain.closed(waiting.key()).reason()).isEqualTo(Reason.SHUT_DOWN);
                assertThat(fixture.brain
                                .sees(listening.key(), SessionClosed.class)
                                .reason())
                        .isEqualTo(Reason.SHUT_DOWN);
            } finally {
                fixture.close();
            }
        }
    }
}

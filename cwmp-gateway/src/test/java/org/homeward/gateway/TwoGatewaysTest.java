package org.homeward.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.homeward.backends.kafka.EmbeddedKafka;
import org.homeward.contracts.session.SessionEvent.InformReceived;
import org.homeward.contracts.session.SessionEvent.SessionClosed.Reason;
import org.junit.jupiter.api.Test;

/** Several gateways on one broker: each names a partition of its own, and no plan goes astray as they come and go. */
class TwoGatewaysTest {

    @Test
    void eachHasItsOwnPartitionAndTheOtherGoesOnWhenOneLeaves() {
        try (EmbeddedKafka broker = EmbeddedKafka.temporary().start();
                GatewayFixture one =
                        new GatewayFixture(broker.bootstrapServers(), "open", "true", "gateway-id", "one")) {
            sessions(one, "ALONE", 8);
            GatewayFixture two = new GatewayFixture(broker.bootstrapServers(), "open", "true", "gateway-id", "two");
            Set<Integer> before = sessions(one, "FIRST", 8);
            Set<Integer> second = sessions(two, "SECOND", 8);
            two.close();
            Set<Integer> after = sessions(one, "AFTER", 8);

            assertThat(second).hasSize(1).doesNotContainAnyElementsOf(after);
            assertThat(before).isNotEmpty();
            await().atMost(Duration.ofSeconds(20)).until(one.gateway::hasPartition);
        }
    }

    @Test
    void aGatewayThatIsRestartedHasItsPartitionsBackAtOnce() {
        try (EmbeddedKafka broker = EmbeddedKafka.temporary().start()) {
            for (int start = 0; start < 3; start++) {
                long began = System.nanoTime();
                try (GatewayFixture again =
                        new GatewayFixture(broker.bootstrapServers(), "open", "true", "gateway-id", "same")) {
                    sessions(again, "RESTART" + start, 3);
                }
                assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(25));
            }
        }
    }

    /** As after a kill, when the group still has the one that is gone. */
    @Test
    void aGatewayThatComesUnderTheSameIdTakesThePartitionsAndTheFirstHasNone() {
        try (EmbeddedKafka broker = EmbeddedKafka.temporary().start();
                GatewayFixture gone =
                        new GatewayFixture(broker.bootstrapServers(), "open", "true", "gateway-id", "same")) {
            long began = System.nanoTime();
            try (GatewayFixture again =
                    new GatewayFixture(broker.bootstrapServers(), "open", "true", "gateway-id", "same")) {
                Duration took = Duration.ofNanos(System.nanoTime() - began);

                assertThat(took).as("less than a session timeout of the group").isLessThan(Duration.ofSeconds(10));
                await().atMost(Duration.ofSeconds(20)).until(() -> !gone.gateway.hasPartition());
                assertThat(again.gateway.hasPartition()).isTrue();
                try (RawCpe cpe = new RawCpe(gone.port(), "FENCED")) {
                    assertThat(cpe.inform("2 PERIODIC").status()).isEqualTo(503);
                }
            }
        }
    }

    /** Runs sessions one after the other, all of which must get their plan; the partitions that were named. */
    private static Set<Integer> sessions(GatewayFixture fixture, String serial, int count) {
        Set<Integer> partitions = new TreeSet<>();
        for (int i = 0; i < count; i++) {
            await().atMost(Duration.ofSeconds(20)).until(fixture.gateway::hasPartition);
            try (RawCpe cpe = new RawCpe(fixture.port(), serial + i)) {
                assertThat(cpe.inform("2 PERIODIC").status()).isEqualTo(200);
                assertThat(cpe.empty().status()).isEqualTo(204);
                assertThat(fixture.brain.closed(cpe.key()).reason()).isEqualTo(Reason.COMPLETED);
                partitions.add(
                        fixture.brain.sees(cpe.key(), InformReceived.class).replyTo());
            }
        }
        return partitions;
    }
}

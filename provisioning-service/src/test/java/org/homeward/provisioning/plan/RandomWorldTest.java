package org.homeward.provisioning.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.homeward.contracts.order.OrderEvent;
import org.homeward.contracts.order.OrderTask.Perform;
import org.homeward.provisioning.order.OrderState;
import org.homeward.provisioning.plan.Setup.State;
import org.homeward.provisioning.plan.Setup.Task;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RandomWorldTest {

    static Stream<Long> seeds() {
        return LongStream.range(0, 150).boxed();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whateverHappensEveryOrderEndsNothingIsDoneTwiceAndNothingLoops(long seed) {
        RandomWorld world = new RandomWorld(seed);
        for (int i = 0; i < 1_500; i++) {
            world.step(false);
        }
        world.calmDown();

        assertThat(world.ledger().orders()).isEmpty();
        if (seed % 2 == 1) {
            assertThat(world.values)
                    .as(world.ledger().toString())
                    .containsEntry("Device.Q1", "1")
                    .containsEntry("Device.Q2", "2");
            assertThat(world.values.entrySet().stream()
                            .filter(each -> each.getKey().startsWith("Device.T."))
                            .map(Map.Entry::getValue))
                    .as("the row that the profile wants, once")
                    .containsExactly("7", "seven");
        }
        assertThat(world.values.keySet().stream()
                        .filter(path -> path.matches("Device\\.XMPP\\.Connection\\.\\d+\\.Enable")))
                .as("never a second account's connection")
                .hasSizeLessThan(2);
        assertThat(world.ledger().setup().tasks())
                .as("whether the device is told of ways to it")
                .satisfies(tasks -> assertThat(tasks.containsKey(Task.XMPP)).isEqualTo(seed % 3 == 0));
        if (world.ledger().setup().tasks().get(Task.XMPP) instanceof State.Verified) {
            assertThat(world.values)
                    .containsEntry("Device.ManagementServer.ConnReqAllowedJabberIDs", "acs@example.net");
        }
        if (world.ledger().setup().tasks().get(Task.STUN) instanceof State.Verified) {
            assertThat(world.values).containsEntry("Device.ManagementServer.STUNEnable", "1");
        }
        assertThat(world.submitted).allSatisfy(order -> assertEnds(order, world));
        assertThat(world.doneByDevice).allSatisfy((order, times) -> {
            if (!order.startsWith("setup.")
                    && world.task(order) instanceof Perform perform
                    && !Proof.repeatable(perform.action())) {
                assertThat(times).as("order %s", order).isEqualTo(1);
            }
        });
        assertThat(world.plansOfSession.values())
                .allSatisfy(plans -> assertThat(plans).isLessThanOrEqualTo(21));
        assertThat(world.wakeUpsSent).isLessThan(1_500);
    }

    private static void assertEnds(String order, RandomWorld world) {
        List<OrderState> ends = world.announced.stream()
                .filter(event -> event.order().value().equals(order))
                .filter(event -> !(event instanceof OrderEvent.OrderRetrying))
                .map(OrderState::after)
                .filter(OrderState::isEnd)
                .toList();
        assertThat(ends).as("ends of order %s", order).isNotEmpty();
        // what was unknown may be found out; nothing else ends twice
        assertThat(ends.stream().filter(end -> end != OrderState.UNKNOWN))
                .as("ends of %s", order)
                .hasSizeLessThan(2);
        assertThat(ends.subList(0, ends.size() - 1)).allMatch(end -> end == OrderState.UNKNOWN);
    }
}

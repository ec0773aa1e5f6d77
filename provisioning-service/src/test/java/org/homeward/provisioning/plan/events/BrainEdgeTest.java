package org.homeward.provisioning.plan.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.homeward.backends.testing.KafkaBackend;
import org.homeward.backends.testing.PostgresBackend;
import org.homeward.contracts.OrderId;
import org.homeward.contracts.Topic;
import org.homeward.contracts.device.DeviceEvent.DeviceDeleted;
import org.homeward.contracts.order.OrderCommand.SubmitOrder;
import org.homeward.contracts.order.OrderEvent.OrderCancelled;
import org.homeward.contracts.order.OrderEvent.OrderQueued;
import org.homeward.contracts.order.OrderEvent.OrderSucceeded;
import org.homeward.contracts.order.OrderTask;
import org.homeward.contracts.plan.Action;
import org.homeward.contracts.plan.GatewayCommand.EndSession;
import org.homeward.contracts.plan.GatewayCommand.SessionPlan;
import org.homeward.contracts.rpc.Rpc;
import org.homeward.contracts.rpc.RpcResult;
import org.homeward.contracts.session.SessionEvent.SessionClosed;
import org.homeward.contracts.wakeup.UdpWakeUp;
import org.homeward.contracts.wakeup.UdpWakeUp.DeliverUdpConnectionRequest;
import org.homeward.contracts.wakeup.UdpWakeUp.StopUdpConnectionRequest;
import org.homeward.contracts.wakeup.XmppWakeUp.DeliverXmppConnectionRequest;
import org.homeward.provisioning.plan.Contacts;
import org.homeward.provisioning.plan.Transport;
import org.homeward.provisioning.plan.store.LedgerRows;
import org.homeward.provisioning.testing.ScriptedDevice;
import org.homeward.provisioning.testing.ScriptedGateways;
import org.homeward.provisioning.testing.SignedTokens;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(KafkaBackend.class)
@QuarkusTestResource(
        value = PostgresBackend.class,
        initArgs = @ResourceArg(name = "datasource", value = "provisioning"))
@QuarkusTestResource(SignedTokens.class)
class BrainEdgeTest {

    private static final OrderTask GET = new OrderTask.Perform(
            "getParameterValues", new Action.Call(new Rpc.GetParameterValues(List.of("Device.X"))));

    @Inject
    ScriptedGateways gateways;

    @Inject
    LedgerRows rows;

    @Inject
    @DataSource("provisioning")
    AgroalDataSource database;

    private static void eventually(org.awaitility.core.ThrowingRunnable assertion) {
        Awaitility.await().atMost(Duration.ofSeconds(15)).untilAsserted(assertion);
    }

    private long versionOf(ScriptedDevice device) throws SQLException {
        return Objects.requireNonNull(rows.load(List.of(device.key)).get(device.key))
                .version();
    }

    @Test
    void anOrderThatComesByEventIsDoneAndTold() {
        ScriptedDevice device = gateways.device("EVENT").known();
        OrderId order = OrderId.random();
        device.order(order, GET);
        device.wakeUp();
        device.inform("6 CONNECTION REQUEST");
        SessionPlan plan = device.plan();
        device.answer(plan, plan.steps().getFirst(), new RpcResult.Values(List.of()));
        eventually(() -> assertThat(device.orderEvents(order)).last().isInstanceOf(OrderSucceeded.class));
    }

    @Test
    void aDeviceBehindNatIsCalledThroughItsBindingAndTheSenderIsToldToStop() throws SQLException {
        ScriptedDevice device = gateways.device("NAT").known().bound("192.0.2.7:40000", false);
        eventually(() -> assertThat(contacts(device).binding()).isNotNull());
        OrderId order = OrderId.random();
        device.order(order, GET);
        device.unreachable(device.wakeUp());
        UdpWakeUp asked = device.udpWakeUp();
        assertThat(asked).isInstanceOf(DeliverUdpConnectionRequest.class);
        device.inform("6 CONNECTION REQUEST");
        assertThat(device.udpWakeUp()).isEqualTo(new StopUdpConnectionRequest(asked.request()));
        eventually(() ->
                assertThat(contacts(device).trial(Transport.STUN).worksNow()).isTrue());
    }

    @Test
    void aDeviceThatIsSignedInIsCalledOverXmppUntilItIsForgotten() throws SQLException {
        ScriptedDevice device = gateways.device("XMPP").known().present("cpe@example.net/box", true);
        eventually(() -> assertThat(contacts(device).presence()).isNotNull());
        device.order(OrderId.random(), GET);
        device.unreachable(device.wakeUp());
        assertThat(device.xmppWakeUp())
                .isInstanceOfSatisfying(
                        DeliverXmppConnectionRequest.class,
                        request -> assertThat(request.jabberId()).isEqualTo("cpe@example.net/box"));
        gateways.withdraw(Topic.WAKEUP_PRESENCES, device);
        eventually(() -> assertThat(contacts(device).presence()).isNull());
    }

    @Test
    void whoeverAsksTheStunServerIsNotOneOfOursForThat() throws SQLException {
        ScriptedDevice stranger = gateways.device("STRANGER").bound("192.0.2.9:40000", false);
        ScriptedDevice other = gateways.device("AFTER").known().bound("192.0.2.8:40000", false);
        eventually(() -> assertThat(contacts(other).binding()).isNotNull());
        assertThat(rows.exists(stranger.key)).isFalse();
    }

    private Contacts contacts(ScriptedDevice device) throws SQLException {
        return Objects.requireNonNull(rows.load(List.of(device.key)).get(device.key))
                .ledger()
                .known()
                .contacts();
    }

    @Test
    void anOrderThatIsSaidAgainLongAfterItsEndIsNotDoneAgain() {
        ScriptedDevice device = gateways.device("AGAIN").known();
        List<OrderId> orders = Stream.generate(OrderId::random).limit(20).toList();
        orders.forEach(order -> device.order(order, GET));
        eventually(() -> assertThat(device.orderEvents(orders.getLast())).isNotEmpty());
        device.inform("6 CONNECTION REQUEST");
        SessionPlan plan = device.plan();
        assertThat(plan.steps()).hasSize(20);
        plan.steps().forEach(step -> device.answer(plan, step, new RpcResult.Values(List.of())));
        eventually(() -> orders.forEach(
                order -> assertThat(device.orderEvents(order)).last().isInstanceOf(OrderSucceeded.class)));

        device.order(orders.getFirst(), GET);

        OrderId next = OrderId.random();
        device.order(next, GET);
        eventually(() -> assertThat(device.orderEvents(next)).isNotEmpty());
        assertThat(device.orderEvents(orders.getFirst())).last().isInstanceOf(OrderSucceeded.class);
    }

    @Test
    void aSessionWithNothingToDoLeavesItsRowAsItWas() throws SQLException {
        ScriptedDevice device = gateways.device("IDLE").known();
        device.inform("2 PERIODIC");
        assertThat(device.plan().steps()).isEmpty();
        device.close(SessionClosed.Reason.COMPLETED);
        long before = versionOf(device);
        for (int i = 0; i < 5; i++) {
            device.inform("2 PERIODIC");
            assertThat(device.plan().last()).isTrue();
            device.close(SessionClosed.Reason.COMPLETED);
        }
        assertThat(versionOf(device)).isEqualTo(before);
    }

    @Test
    void theNewerOfTwoSessionsIsPlannedForAndTheOlderIsEnded() {
        ScriptedDevice device = gateways.device("TWO").known();
        device.inform("2 PERIODIC");
        device.plan();
        device.inform("2 PERIODIC");
        assertThat(device.command()).isInstanceOf(EndSession.class);
        assertThat(device.plan().session()).isEqualTo(device.session());
    }

    @Test
    void aBacklogIsRecordedAndNotPlanned() {
        ScriptedDevice device = gateways.device("BACKLOG").known();
        device.inform(Instant.now().minusSeconds(60), "0 BOOTSTRAP");
        device.inform("2 PERIODIC");
        // nothing was planned for the first, and what it asked for comes with the second
        assertThat(device.command()).isInstanceOf(EndSession.class);
        SessionPlan plan = device.plan();
        assertThat(plan.session()).isEqualTo(device.session());
        assertThat(plan.steps()).hasSize(2);
    }

    @Test
    void anOrderAfterTheDeviceWasDeletedFindsNoLedger() throws SQLException {
        ScriptedDevice device = gateways.device("DELETED").known();
        OrderId order = OrderId.random();
        device.order(order, GET);
        device.wakeUp();
        device.sayOf(Topic.DEVICE_EVENTS, new DeviceDeleted("alice"));
        eventually(() -> assertThat(device.orderEvents(order)).last().isInstanceOf(OrderCancelled.class));
        assertThat(rows.exists(device.key)).isFalse();
    }

    @Test
    void aCrashBetweenEffectAndCommitHasOneEffect() throws SQLException {
        ScriptedDevice device = gateways.device("CRASH").known();
        OrderId order = OrderId.random();
        try (Connection other = database.getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            // the brain's transaction stops where it moves the inbox, with all its effects written
            statement.execute("lock table inbox in exclusive mode");
            device.order(order, GET);
            eventually(() -> assertThat(waitingForTheInbox()).isNotEmpty());
            for (int backend : waitingForTheInbox()) {
                statement.execute("select pg_terminate_backend(" + backend + ")");
            }
            other.rollback();
            other.setAutoCommit(true);
        }
        device.wakeUp();
        device.inform("6 CONNECTION REQUEST");
        assertThat(device.plan().steps()).hasSize(1);
        assertThat(device.orderEvents(order))
                .filteredOn(OrderQueued.class::isInstance)
                .hasSize(1);
    }

    private List<Integer> waitingForTheInbox() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(
                        "select pid from pg_stat_activity where wait_event_type = 'Lock' and query like '%update inbox%'"
                                + " and datname = current_database()")) {
            List<Integer> backends = new ArrayList<>();
            while (found.next()) {
                backends.add(found.getInt(1));
            }
            return backends;
        }
    }

    @Test
    void anEventThatCannotBeHandledDoesNotStopTheOthers() {
        ScriptedDevice poisoned = gateways.device("POISON").known();
        ScriptedDevice other = gateways.device("OTHER").known();
        // no database takes a text with a zero character
        poisoned.sayOf(
                Topic.DEVICE_ORDERS,
                new SubmitOrder(
                        OrderId.random(),
                        GET,
                        "nobody\0",
                        Instant.now(),
                        Instant.now().plusSeconds(60),
                        true));
        OrderId order = OrderId.random();
        other.order(order, GET);
        other.wakeUp();
        OrderId after = OrderId.random();
        poisoned.order(after, GET);
        poisoned.wakeUp();
    }
}

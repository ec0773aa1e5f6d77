package org.homeward.provisioning.plan.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.homeward.backends.testing.KafkaBackend;
import org.homeward.backends.testing.PostgresBackend;
import org.homeward.contracts.plan.GatewayCommand.SessionPlan;
import org.homeward.contracts.rpc.RpcResult;
import org.homeward.contracts.session.SessionEvent.SessionClosed;
import org.homeward.provisioning.testing.ScriptedDevice;
import org.homeward.provisioning.testing.ScriptedGateways;
import org.homeward.provisioning.testing.SignedTokens;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

/** What things cost. The bounds are wide, so that a busy machine does not fail them; the log has the figures. */
@QuarkusTest
@QuarkusTestResource(KafkaBackend.class)
@QuarkusTestResource(
        value = PostgresBackend.class,
        initArgs = @ResourceArg(name = "datasource", value = "provisioning"))
@QuarkusTestResource(SignedTokens.class)
class BrainFiguresTest {

    private static final Logger LOG = Logger.getLogger(BrainFiguresTest.class);
    private static final String GET = "{\"type\":\"getParameterValues\",\"paths\":[\"Device.X\"]}";

    @Inject
    ScriptedGateways gateways;

    @Test
    void anIdleSessionCostsLittle() {
        List<ScriptedDevice> devices = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            devices.add(gateways.device("FIG"));
        }
        devices.forEach(device -> device.inform("0 BOOTSTRAP"));
        devices.forEach(device -> {
            SessionPlan plan = device.plan();
            plan.steps().forEach(step -> device.answer(plan, step, new RpcResult.Applied(0)));
            device.close(SessionClosed.Reason.COMPLETED);
        });
        idleSessions(devices, 100);
        long before = brainCpu();
        long began = System.nanoTime();
        int sessions = idleSessions(devices, 100);
        long micros = (brainCpu() - before) / 1_000 / sessions;
        LOG.warnf(
                "idle session: %d us CPU of the brain's thread, %d sessions in %d ms",
                micros, sessions, (System.nanoTime() - began) / 1_000_000);
        assertThat(micros).isLessThan(2_000);
    }

    /** As many sessions a second as the brain takes, so that its polls are full. */
    private static int idleSessions(List<ScriptedDevice> devices, int rounds) {
        for (int round = 0; round < rounds; round++) {
            CompletableFuture.allOf(devices.stream()
                            .map(ScriptedDevice::periodicSession)
                            .toArray(CompletableFuture[]::new))
                    .join();
        }
        devices.forEach(device -> {
            for (int round = 0; round < rounds; round++) {
                device.plan();
            }
        });
        return devices.size() * rounds;
    }

    private static long brainCpu() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(thread -> thread != null && thread.getThreadName().equals("consumer-provisioning"))
                .mapToLong(ThreadInfo::getThreadId)
                .map(threads::getThreadCpuTime)
                .sum();
    }

    @Test
    void anOrderIsInTheSessionsPlanAtOnce() {
        ScriptedDevice device = gateways.device("LAT").known();
        String token = SignedTokens.of("acme", "alice", "operator");
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            device.inform(Instant.now().plusSeconds(60), "2 PERIODIC");
            device.plan();
            long began = System.nanoTime();
            CompletableFuture<?> call = CompletableFuture.runAsync(() -> RestAssured.given()
                    .auth()
                    .oauth2(token)
                    .contentType(ContentType.JSON)
                    .body(GET)
                    .post("/api/devices/" + device.id() + "/orders")
                    .then()
                    .statusCode(202));
            SessionPlan plan = device.plan();
            millis.add((System.nanoTime() - began) / 1e6);
            call.join();
            device.answer(plan, plan.steps().getFirst(), new RpcResult.Values(List.of()));
            device.close(SessionClosed.Reason.COMPLETED);
        }
        List<Double> warm = millis.subList(100, 300).stream().sorted().toList();
        LOG.warnf(
                "order from REST call to plan: p50 %.1f ms, p99 %.1f ms",
                warm.get(warm.size() / 2), warm.get(warm.size() * 99 / 100));
        assertThat(warm.get(warm.size() / 2)).isLessThan(200);
    }
}

package org.homeward.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.homeward.backends.testing.SharedBackends;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.plan.Action;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.Rpc;
import org.homeward.contracts.rpc.RpcResult;
import org.homeward.contracts.rpc.ValueType;
import org.homeward.contracts.session.SessionEvent.InformReceived;
import org.homeward.contracts.session.SessionEvent.RpcCompleted;
import org.homeward.contracts.session.SessionEvent.TransferCompleted;
import org.homeward.simulator.CpeBuilder;
import org.homeward.simulator.Credentials;
import org.homeward.simulator.Effect;
import org.homeward.simulator.EffectLedger;
import org.homeward.simulator.SessionReport;
import org.homeward.simulator.SimulatedCpe;
import org.homeward.simulator.behaviour.Misbehaviour;
import org.homeward.simulator.http.Headers;
import org.homeward.simulator.http.SmallHttpServer;
import org.homeward.simulator.http.SmallHttpServer.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** This gateway as the ACS of simulated CPEs that do what real ones do wrong. */
class MisbehavingCpeTest {

    private static final String SSID = "Device.WiFi.SSID.1.SSID";
    private static final String TABLE = "Device.NAT.PortMapping.";
    private static final int SEEDS = 4;
    private static GatewayFixture fixture;
    private static SmallHttpServer files;
    private final EffectLedger ledger = new EffectLedger();
    private final List<SimulatedCpe> cpes = new ArrayList<>();

    @BeforeAll
    static void start() {
        fixture = new GatewayFixture(
                SharedBackends.kafkaBootstrapServers(),
                "gateway-id",
                "gw-lab",
                "plan-timeout",
                "20s",
                "latest-plan",
                "60s");
        files = SmallHttpServer.start(
                0, request -> new Answer(200, new Headers(), "version=2.0.1\n".getBytes(StandardCharsets.UTF_8)));
    }

    @AfterAll
    static void stop() {
        fixture.close();
        files.close();
    }

    @AfterEach
    void close() {
        cpes.forEach(SimulatedCpe::close);
    }

    private SimulatedCpe cpe(int seed, Misbehaviour way) {
        String serial = way.text().replace("-", "").toUpperCase(java.util.Locale.ROOT) + seed;
        CpeBuilder builder = SimulatedCpe.builder(URI.create(fixture.url()))
                .serial(serial)
                .credentials(Credentials.digest("02A7C3-HG%2D2400-" + serial, "secret-of-" + serial))
                .bootstrapped()
                .bootTime(Duration.ofMillis(20))
                .slowRequest(Duration.ofMillis(200))
                .retryScale(0.001)
                .seed(seed)
                .onEffect(ledger)
                .misbehaves(way);
        SimulatedCpe cpe = builder.build();
        cpes.add(cpe);
        return cpe;
    }

    private static DeviceKey key(SimulatedCpe cpe) {
        return DeviceKey.parse("default/02A7C3-HG%2D2400-" + cpe.identity().serial());
    }

    private static SessionReport session(SimulatedCpe cpe) throws Exception {
        return cpe.informNow("2 PERIODIC").get(60, TimeUnit.SECONDS);
    }

    private static void planReadWriteAndAdd() {
        fixture.brain.does(
                new Action.Call(new Rpc.GetParameterValues(List.of(SSID))),
                new Action.WriteValues(List.of(new ParameterValue(SSID, "home & away", ValueType.STRING)), "key"),
                new Action.Call(new Rpc.AddObject(TABLE, "add-1")));
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"DROPS", "LOSES_COOKIES", "FAULTS", "EMPTY_POSTS", "RESENDS"})
    void workIsDoneAndWhatShowsIsDoneOnce(Misbehaviour way) throws Exception {
        planReadWriteAndAdd();
        for (int seed = 0; seed < SEEDS; seed++) {
            SimulatedCpe cpe = cpe(seed, way);

            SessionReport report = session(cpe);

            assertThat(report.whyFailed()).as("seed %d: %s", seed, report).isEmpty();
            assertThat(ledger.written(cpe.identity(), SSID)).containsExactly("home & away");
            assertThat(ledger.of(cpe.identity(), Effect.Added.class)).hasSize(1);
            fixture.brain.sees(key(cpe), RpcCompleted.class, done -> done.result() instanceof RpcResult.ObjectAdded);
            assertThat(fixture.brain.of(key(cpe), RpcCompleted.class))
                    .noneMatch(done -> done.result() instanceof RpcResult.Fault);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DROPS", "LOSES_COOKIES"})
    void whoseSessionBreaksComesBackAndIsServed(Misbehaviour way) throws Exception {
        planReadWriteAndAdd();
        for (int seed = 0; seed < SEEDS; seed++) {
            SimulatedCpe cpe = cpe(seed, way);
            var served = cpe.nextSession(SessionReport::succeeded);

            session(cpe);

            served.get(60, TimeUnit.SECONDS);
            assertThat(cpe.pendingEvents()).isEmpty();
            assertThat(ledger.written(cpe.identity(), SSID)).containsOnly("home & away");
        }
    }

    /** The RPC that was lost with the connection may be one that must not be sent twice: then nobody knows, and says so. */
    @Test
    void anAnswerThatIsSaidTwiceIsTakenOnce() throws Exception {
        fixture.brain.does(
                new Action.Call(new Rpc.GetParameterValues(List.of(SSID))),
                new Action.Call(new Rpc.AddObject(TABLE, "add-1")),
                new Action.WriteValues(List.of(new ParameterValue(SSID, "home & away", ValueType.STRING)), "key"));
        for (int seed = 0; seed < 12; seed++) {
            SimulatedCpe cpe = cpe(seed, Misbehaviour.RESENDS);

            SessionReport report = session(cpe);

            assertThat(report.whyFailed()).as("seed %d: %s", seed, report).isEmpty();
            RpcResult added = fixture.brain
                    .sees(key(cpe), RpcCompleted.class, done -> done.method().equals("AddObject"))
                    .result();
            int times = ledger.of(cpe.identity(), Effect.Added.class).size();
            assertThat(times).isLessThanOrEqualTo(1);
            assertThat(added).isInstanceOf(times == 1 ? RpcResult.ObjectAdded.class : RpcResult.Unanswered.class);
        }
        assertThat(ledger.repeated()).isEmpty();
    }

    /** What may be repeated is said again; of what may not, nobody can know whether it was done (only that once). */
    @Test
    void anEmptyPostBeforeAnAnswerIsToldWhatItIsAnsweringAgainUnlessThatMustNotBeSaidTwice() throws Exception {
        planReadWriteAndAdd();
        SimulatedCpe cpe = cpe(0, Misbehaviour.EMPTY_POSTS);

        SessionReport report = session(cpe);

        assertThat(report.rpcs()).startsWith("GetParameterValues", "SetParameterValues");
        assertThat(ledger.written(cpe.identity(), SSID)).containsExactly("home & away");
        assertThat(ledger.of(cpe.identity(), Effect.Added.class)).hasSize(1);
        fixture.brain.sees(key(cpe), RpcCompleted.class, done -> done.result() instanceof RpcResult.Unanswered);
    }

    @Test
    void faultsForNoReasonAreToldAsFaults() throws Exception {
        planReadWriteAndAdd();
        SimulatedCpe cpe = cpe(1, Misbehaviour.FAULTS);
        for (int i = 0; i < 20; i++) {
            assertThat(session(cpe).whyFailed()).isEmpty();
        }

        fixture.brain.sees(key(cpe), RpcCompleted.class, done -> done.result() instanceof RpcResult.Fault);
    }

    private SimulatedCpe upgraded(Misbehaviour way) throws Exception {
        SimulatedCpe cpe = cpe(9, way);
        fixture.brain.calls(new Rpc.Download(
                "fw-1",
                "1 Firmware Upgrade Image",
                "http://" + files.authority() + "/image",
                "",
                null,
                0,
                "",
                0,
                "",
                ""));
        assertThat(session(cpe).whyFailed()).isEmpty();
        fixture.brain.bored();
        return cpe;
    }

    private static void sawBoot(SimulatedCpe cpe) {
        fixture.brain.sees(
                key(cpe),
                InformReceived.class,
                inform -> inform.events().stream().anyMatch(event -> event.is("1 BOOT")));
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "DOUBLED_TRANSFER_COMPLETE",
                "EARLY_TRANSFER_COMPLETE",
                "NO_COMMAND_KEY",
                "BOOT_LOOPS",
                "CLAIMS_SUCCESS",
                "CLAIMS_FAILURE",
                "ODD_XML",
                "NO_IDS"
            })
    void theEndOfATransferIsToldHoweverItComes(Misbehaviour way) throws Exception {
        SimulatedCpe cpe = upgraded(way);

        sawBoot(cpe);
        TransferCompleted told = fixture.brain.sees(key(cpe), TransferCompleted.class);

        assertThat(told.commandKey()).isEqualTo(way == Misbehaviour.NO_COMMAND_KEY ? "" : "fw-1");
        assertThat(told.faultCode()).isEqualTo(way == Misbehaviour.CLAIMS_FAILURE ? 9018 : 0);
        await().atMost(Duration.ofSeconds(60)).until(() -> cpe.pendingEvents().isEmpty());
    }

    @Test
    void anEndThatIsNeverToldIsNotInvented() throws Exception {
        SimulatedCpe cpe = upgraded(Misbehaviour.LOST_TRANSFER_COMPLETE);

        sawBoot(cpe);

        assertThat(fixture.brain.of(key(cpe), TransferCompleted.class)).isEmpty();
    }
}

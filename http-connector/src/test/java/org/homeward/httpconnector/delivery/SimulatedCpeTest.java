package org.homeward.httpconnector.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.homeward.httpconnector.delivery.Outcome.Delivered;
import org.homeward.httpconnector.delivery.Outcome.Refused;
import org.homeward.httpconnector.digest.Credential;
import org.homeward.httpconnector.egress.ConnectionRequestUrl;
import org.homeward.simulator.SimulatedCpe;
import org.homeward.simulator.acs.ScriptedAcs;
import org.homeward.simulator.behaviour.Misbehaviour;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against a CPE that does not only answer, but calls. */
@Timeout(20)
class SimulatedCpeTest {

    private final ConnectionRequestExchange exchange = new ConnectionRequestExchange(new ExchangeSettings(
            Duration.ofSeconds(1),
            Duration.ofMillis(50),
            Credential.Policy.DIGEST_ONLY,
            ExchangeSettings.tls(false),
            false,
            List.of()));

    @AfterEach
    void close() {
        exchange.close();
    }

    private Outcome ask(SimulatedCpe cpe, String password) throws InterruptedException {
        cpe.change("Device.ManagementServer.ConnectionRequestUsername", "acs");
        cpe.change("Device.ManagementServer.ConnectionRequestPassword", "s3cret");
        ConnectionRequestUrl url = ConnectionRequestUrl.parse(
                        cpe.connectionRequestUrl().toString())
                .orElseThrow();
        return exchange.ask(
                url,
                new InetSocketAddress(url.host(), url.port()),
                new Credential("acs", password),
                Duration.ofSeconds(5));
    }

    @Test
    void bringsASession() throws Exception {
        try (ScriptedAcs acs = ScriptedAcs.start();
                SimulatedCpe cpe =
                        SimulatedCpe.builder(acs.uri()).bootstrapped().build()) {
            var session = cpe.nextSessionWith("6 CONNECTION REQUEST");

            Outcome outcome = ask(cpe, "s3cret");

            assertThat(outcome).isEqualTo(new Delivered());
            assertThat(session.get(10, TimeUnit.SECONDS).succeeded()).isTrue();
        }
    }

    @Test
    void bringsASessionHoweverOddlyTheCpeChallenges() throws Exception {
        try (ScriptedAcs acs = ScriptedAcs.start();
                SimulatedCpe cpe = SimulatedCpe.builder(acs.uri())
                        .bootstrapped()
                        .misbehaves(Misbehaviour.ODD_CHALLENGE)
                        .build()) {
            var session = cpe.nextSessionWith("6 CONNECTION REQUEST");

            Outcome outcome = ask(cpe, "s3cret");

            assertThat(outcome).isEqualTo(new Delivered());
            assertThat(session.get(10, TimeUnit.SECONDS).succeeded()).isTrue();
        }
    }

    @Test
    void isRefusedWithAWrongCredential() throws Exception {
        try (ScriptedAcs acs = ScriptedAcs.start();
                SimulatedCpe cpe =
                        SimulatedCpe.builder(acs.uri()).bootstrapped().build()) {
            Outcome outcome = ask(cpe, "wrong");

            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused -> assertThat(refused.cause()).startsWith("wrong credential"));
            assertThat(cpe.pendingEvents()).isEmpty();
        }
    }
}

package org.homeward.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.homeward.backends.testing.KafkaBackend;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.session.Authentication;
import org.homeward.contracts.session.Authentication.Credential;
import org.homeward.contracts.session.Authentication.Scheme;
import org.homeward.contracts.session.SessionEvent.InformReceived;
import org.homeward.kit.consumer.Consumers;
import org.homeward.kit.events.EventPublisher;
import org.homeward.kit.security.DeviceSecrets;
import org.homeward.simulator.Credentials;
import org.homeward.simulator.SessionReport;
import org.homeward.simulator.SimulatedCpe;
import org.homeward.simulator.model.Models;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole service with TLS on the CWMP port, configured as operators configure it. */
@QuarkusTest
@TestProfile(TlsTest.Settings.class)
@QuarkusTestResource(value = KafkaBackend.class, restrictToAnnotatedClass = true)
class TlsTest {

    private static final String GATEWAY = "gw-tls";
    private static final String DEVICE = "02A7C3-HG%2D2400-";

    public static class Settings implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            TlsFiles files = new TlsFiles();
            Path acs = files.keyStore("acs", "CN=acs", "-ext", "SAN=ip:127.0.0.1,dns:localhost");
            Path cpe = files.keyStore("cpe", "CN=" + DEVICE + "CERT");
            Path vendor = files.keyStore("vendor", "CN=a box");
            return Map.ofEntries(
                    Map.entry("homeward.secrets.key", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="),
                    Map.entry("homeward.secrets.fleet", "a secret of the fleet, long enough for a test"),
                    Map.entry("homeward.cwmp.port", "0"),
                    Map.entry("homeward.cwmp.gateway-id", GATEWAY),
                    Map.entry("homeward.cwmp.tls", "true"),
                    Map.entry("homeward.cwmp.client-certificates", "true"),
                    Map.entry("quarkus.tls.cwmp.key-store.p12.path", acs.toString()),
                    Map.entry("quarkus.tls.cwmp.key-store.p12.password", TlsFiles.PASSWORD),
                    Map.entry(
                            "quarkus.tls.cwmp.trust-store.p12.path",
                            files.trustStore("issuers", cpe, vendor).toString()),
                    Map.entry("quarkus.tls.cwmp.trust-store.p12.password", TlsFiles.PASSWORD),
                    Map.entry("test.tls.cpe", cpe.toString()),
                    Map.entry("test.tls.vendor", vendor.toString()),
                    Map.entry(
                            "test.tls.stranger",
                            files.keyStore("stranger", "CN=" + DEVICE + "CERT").toString()),
                    Map.entry(
                            "test.tls.trust", files.trustStore("acs-trust", acs).toString()),
                    Map.entry("quarkus.oidc.tenant-enabled", "false"),
                    Map.entry("quarkus.http.test-port", "0"));
        }
    }

    @Inject
    GatewayService gateway;

    @Inject
    EventPublisher publisher;

    @Inject
    Consumers consumers;

    @Inject
    DeviceSecrets secrets;

    @Inject
    @ConfigProperty(name = "test.tls.cpe")
    Path cpeKeys;

    @Inject
    @ConfigProperty(name = "test.tls.vendor")
    Path vendorKeys;

    @Inject
    @ConfigProperty(name = "test.tls.stranger")
    Path strangerKeys;

    @Inject
    @ConfigProperty(name = "test.tls.trust")
    Path trust;

    private ScriptedBrain brain;

    @BeforeEach
    void ready() {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> RestAssured.get("/q/health/ready").then().statusCode(200));
        brain = new ScriptedBrain(GATEWAY, publisher, consumers);
    }

    private static DeviceKey key(String serial) {
        return DeviceKey.parse("default/" + DEVICE + serial);
    }

    private SessionReport call(String serial, @Nullable Path keys, Credentials credentials) throws Exception {
        try (SimulatedCpe cpe = SimulatedCpe.builder(URI.create("https://127.0.0.1:" + gateway.port() + "/"))
                .model(Models.tr181())
                .serial(serial)
                .credentials(credentials)
                .tls(TlsFiles.context(keys, trust))
                .bootstrapped()
                .start()) {
            return cpe.informNow("2 PERIODIC").get(60, TimeUnit.SECONDS);
        }
    }

    private Credentials own(String serial) {
        return Credentials.basic(DEVICE + serial, secrets.acsPassword(key(serial)));
    }

    private Authentication authentication(String serial) {
        return brain.sees(key(serial), InformReceived.class).authentication();
    }

    @Test
    void aCpeSignsInWithItsPasswordOverTls() throws Exception {
        SessionReport report = call("BASIC", null, own("BASIC"));

        assertThat(report.whyFailed()).isEmpty();
        assertThat(authentication("BASIC"))
                .isEqualTo(new Authentication(Scheme.BASIC, DEVICE + "BASIC", Credential.DERIVED));
    }

    @Test
    void aCpeSignsInWithItsCertificate() throws Exception {
        SessionReport report = call("CERT", cpeKeys, Credentials.basic("", ""));

        assertThat(report.whyFailed()).isEmpty();
        assertThat(authentication("CERT"))
                .isEqualTo(new Authentication(Scheme.CLIENT_CERTIFICATE, DEVICE + "CERT", Credential.EXPLICIT));
    }

    @Test
    void theCertificateOfOneDeviceDoesNotOpenASessionOfAnother() throws Exception {
        SessionReport report = call("VICTIM", cpeKeys, own("VICTIM"));

        assertThat(report.whyFailed().orElse("")).contains("401");
        assertThat(brain.of(key("VICTIM"))).isEmpty();
    }

    @Test
    void aCertificateThatNamesNoDeviceLeavesItToThePassword() throws Exception {
        assertThat(call("VENDOR", vendorKeys, own("VENDOR")).whyFailed()).isEmpty();
        assertThat(authentication("VENDOR").scheme()).isEqualTo(Scheme.BASIC);
        assertThat(call("VENDOR2", vendorKeys, Credentials.basic(DEVICE + "VENDOR2", "guess"))
                        .whyFailed()
                        .orElse(""))
                .contains("401");
    }

    @Test
    void aCertificateThatNobodyTrustsIsRefused() throws Exception {
        assertThat(call("CERT", strangerKeys, own("CERT")).succeeded()).isFalse();
    }

    @Test
    void withoutTlsTheConnectionIsClosedAndNobodyElseIsHarmed() throws Exception {
        try (RawCpe plain = new RawCpe(gateway.port(), "PLAIN")) {
            plain.send(plain.informXml("1", "1 BOOT").getBytes(StandardCharsets.UTF_8));

            assertThat(plain.isClosedByAcs()).isTrue();
            assertThat(brain.of(plain.key())).isEmpty();
        }
        assertThat(call("AFTER", null, own("AFTER")).whyFailed()).isEmpty();
    }
}

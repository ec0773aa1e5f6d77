package org.homeward.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.DeflaterOutputStream;
import org.homeward.backends.testing.SharedBackends;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.session.SessionEvent.InformReceived;
import org.homeward.simulator.http.HttpReply;
import org.homeward.simulator.wire.CwmpWire;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the listener takes, and what it does not. */
class ListenerTest {

    private static GatewayFixture fixture;

    @BeforeAll
    static void start() {
        fixture = new GatewayFixture(
                SharedBackends.kafkaBootstrapServers(),
                "open",
                "true",
                "body-timeout",
                "2s",
                "head-timeout",
                "2s",
                "max-connections",
                "200");
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    private static CwmpWire wire() throws IOException {
        return CwmpWire.connect(URI.create(fixture.url()));
    }

    private static RawCpe cpe(String serial) {
        return new RawCpe(fixture.port(), serial);
    }

    private static String inform(String serial) {
        try (RawCpe cpe = cpe(serial)) {
            return cpe.informXml("1", "1 BOOT");
        }
    }

    private static void aSessionGoesWell(String serial) {
        try (RawCpe other = cpe(serial)) {
            assertThat(other.inform("2 PERIODIC").status()).isEqualTo(200);
            assertThat(other.empty().status()).isEqualTo(204);
        }
    }

    // --- size --------------------------------------------------------------------------------------------------

    @Test
    void aBodyOfFiftyMegabytesIsRefusedBeforeItIsRead() throws IOException {
        try (CwmpWire wire = wire()) {
            wire.sendRaw("POST / HTTP/1.1\r\nHost: acs\r\nContent-Length: 52428800\r\n\r\n");

            assertThat(wire.read().status()).isEqualTo(413);
        }
        aSessionGoesWell("AFTER50MB");
    }

    @Test
    void anInformOfFiveMegabytesIsRefused() throws IOException {
        String large = inform("LARGE").replace("<RetryCount>", "<X>" + "x".repeat(5_000_000) + "</X><RetryCount>");
        try (CwmpWire wire = wire()) {
            assertThat(wire.post(large).status()).isEqualTo(413);
        }
        aSessionGoesWell("AFTER5MB");
    }

    @Test
    void chunksAreCountedToo() throws IOException {
        try (CwmpWire wire = wire()) {
            wire.sendRaw("POST / HTTP/1.1\r\nHost: acs\r\nTransfer-Encoding: chunked\r\n\r\n");
            wire.sendRaw(CwmpWire.chunks(new byte[4_300_000], 65_536));

            assertThat(wire.read().status()).isEqualTo(413);
        }
        aSessionGoesWell("AFTERCHUNKS");
    }

    @Test
    void whatComesOutOfGzipIsCounted() throws IOException {
        try (CwmpWire wire = wire()) {
            assertThat(wire.postGzip(new byte[50_000_000]).status()).isEqualTo(413);
        }
        aSessionGoesWell("AFTERBOMB");
    }

    // --- forms of body -----------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 4096})
    void readsChunkedBodies(int size) throws IOException {
        try (CwmpWire wire = wire()) {
            HttpReply reply = wire.postChunked(inform("CHUNKED" + size), size);

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.text()).contains("InformResponse");
        }
    }

    @Test
    void readsGzipAndDeflate() throws IOException {
        ByteArrayOutputStream deflated = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(deflated)) {
            out.write(inform("DEFLATED").getBytes(StandardCharsets.UTF_8));
        }
        try (CwmpWire wire = wire();
                RawCpe cpe = cpe("DEFLATED")) {
            assertThat(wire.postGzip(inform("GZIPPED")).text()).contains("InformResponse");
            assertThat(cpe.post(deflated.toByteArray(), "Content-Encoding: deflate")
                            .body())
                    .contains("InformResponse");
        }
    }

    @Test
    void whatSaysGzipAndIsNotIsRefused() {
        try (RawCpe cpe = cpe("NOTGZIP")) {
            assertThat(cpe.post("not gzip at all", "Content-Encoding: gzip").status())
                    .isEqualTo(400);
        }
        aSessionGoesWell("AFTERNOTGZIP");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: application/x-www-form-urlencoded",
                "Content-Type: text/xml;charset=ISO-8859-1",
                "Content-Type:",
                "Content-Type: nonsense",
                "SOAPAction: \"urn:other\"",
                "Expect: 100-continue"
            })
    void takesAnyContentType(String header) {
        try (RawCpe cpe = cpe("TYPE" + Math.abs(header.hashCode()))) {
            cpe.send(cpe.informXml("1", "1 BOOT").getBytes(StandardCharsets.UTF_8), header);
            var reply = cpe.receive();
            if (reply.status() == 100) {
                reply = cpe.receive();
            }

            assertThat(reply.body()).contains("InformResponse");
        }
    }

    @Test
    void anEmptyPostMayHaveAContentTypeAndMayBeChunked() throws IOException {
        fixture.brain.bored();
        try (RawCpe cpe = cpe("EMPTYTYPED")) {
            cpe.inform("1 BOOT");
            assertThat(cpe.post("", "Content-Type: application/x-www-form-urlencoded")
                            .status())
                    .isEqualTo(204);
        }
        try (CwmpWire wire = wire()) {
            assertThat(wire.post(
                                    wire.usualHeaders(false).add("Transfer-Encoding", "chunked"),
                                    "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII))
                            .status())
                    .isEqualTo(204);
        }
    }

    // --- paths and methods -------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(strings = {"/", "/?options=a&b", "/acs", "/acs/", "/tenant-1?x=1"})
    void takesPostsOnRootAndTenants(String path) {
        try (RawCpe cpe = cpe("PATH" + Math.abs(path.hashCode())).path(path)) {
            assertThat(cpe.inform("1 BOOT").status()).isEqualTo(200);
        }
    }

    @Test
    void theTenantOfThePathIsTheDevices() {
        try (RawCpe cpe = cpe("TENANT").path("/north")) {
            cpe.inform("1 BOOT");

            assertThat(fixture.brain
                            .sees(DeviceKey.parse("north/00AABB-HG-TENANT"), InformReceived.class)
                            .device()
                            .serialNumber())
                    .isEqualTo("TENANT");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/Bad", "/a/b", "/%61cs", "//", "/acs/../x", "/q/health", "/1tenant", "/."})
    void hasNothingOnOtherPaths(String path) {
        try (RawCpe cpe = cpe("NOPATH").path(path)) {
            assertThat(cpe.inform("1 BOOT").status()).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "OPTIONS"})
    void takesNothingButPosts(String method) throws IOException {
        try (CwmpWire wire = wire()) {
            wire.sendRaw(method + " / HTTP/1.1\r\nHost: acs\r\n\r\n");
            HttpReply reply = wire.read();

            assertThat(reply.status()).isEqualTo(405);
            assertThat(reply.headers().first("Allow")).isEqualTo("POST");
        }
    }

    // --- time --------------------------------------------------------------------------------------------------

    @Test
    void aBodyThatDripsIsGivenUpAndOthersAreServedMeanwhile() throws Exception {
        try (CwmpWire slow = CwmpWire.connect(URI.create(fixture.url()), Duration.ofSeconds(15))) {
            slow.sendRaw("POST / HTTP/1.1\r\nHost: acs\r\nContent-Length: 1000\r\n\r\n<");
            aSessionGoesWell("WHILESLOW");
            slow.sendRaw("s");
            aSessionGoesWell("WHILESLOW2");

            assertThat(slow.read().status()).isEqualTo(408);
        }
    }

    @Test
    void aHeadThatNeverEndsIsGivenUp() {
        try (RawCpe cpe = cpe("SLOWHEAD")) {
            cpe.write("POST / HTTP/1.1\r\nHost: a".getBytes(StandardCharsets.US_ASCII));

            assertThat(cpe.isClosedByAcs()).isTrue();
        }
        aSessionGoesWell("AFTERSLOWHEAD");
    }

    @Test
    void hundredsOfStalledBodiesHoldNobodyUp() throws Exception {
        var stalled = new java.util.ArrayList<CwmpWire>();
        try {
            for (int i = 0; i < 150; i++) {
                CwmpWire wire = wire();
                stalled.add(wire);
                wire.sendRaw("POST / HTTP/1.1\r\nHost: acs\r\nContent-Length: 1000\r\n\r\n<");
            }
            long began = System.nanoTime();
            aSessionGoesWell("AMONGSTALLED");

            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
        } finally {
            for (CwmpWire wire : stalled) {
                wire.close();
            }
        }
    }

    @Test
    void whatIsNotHttpIsRefused() throws IOException {
        try (CwmpWire wire = wire()) {
            wire.sendRaw("\0\1\2 nonsense\r\n\r\n");

            assertThat(wire.read().status()).isEqualTo(400);
        }
        aSessionGoesWell("AFTERNOHTTP");
    }

    @Test
    void aHeadWithoutEndIsRefused() throws IOException {
        try (CwmpWire wire = wire()) {
            wire.sendRaw("POST / HTTP/1.1\r\nHost: acs\r\nX: " + "x".repeat(40_000) + "\r\n\r\n");

            assertThat(wire.read().status()).isEqualTo(431);
        }
    }
}

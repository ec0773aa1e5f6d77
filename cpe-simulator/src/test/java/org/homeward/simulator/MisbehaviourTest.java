package org.homeward.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeward.simulator.Sessions.await;
import static org.homeward.simulator.Sessions.success;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.homeward.simulator.acs.Rpcs;
import org.homeward.simulator.acs.ScriptedAcs;
import org.homeward.simulator.acs.ScriptedAcs.Heard;
import org.homeward.simulator.behaviour.Misbehaviour;
import org.homeward.simulator.http.DigestClient;
import org.homeward.simulator.http.Headers;
import org.homeward.simulator.http.HttpConnection;
import org.homeward.simulator.http.HttpReply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class MisbehaviourTest {
    private static final String SSID = "Device.WiFi.SSID.1.SSID";
    private final ScriptedAcs acs =
            ScriptedAcs.start(ScriptedAcs.Login.DIGEST_MD5, Map.of("user", "secret", "02A7C3-HG-2400-HW1", "secret"));
    private final List<SimulatedCpe> cpes = new ArrayList<>();

    @AfterEach
    void close() {
        cpes.forEach(SimulatedCpe::close);
        acs.close();
    }

    private SimulatedCpe cpe(Misbehaviour... ways) {
        return cpe(7, ways);
    }

    private SimulatedCpe cpe(long seed, Misbehaviour... ways) {
        SimulatedCpe cpe = SimulatedCpe.builder(acs.uri())
                .serial("HW1")
                .credentials(Credentials.digest("user", "secret"))
                .bootstrapped()
                .retryScale(0)
                .keepBodies()
                .slowRequest(Duration.ofMillis(100))
                .seed(seed)
                .misbehaves(ways)
                .build();
        cpes.add(cpe);
        return cpe;
    }

    private SessionReport session(SimulatedCpe cpe) {
        acs.ask(Rpcs.getParameterValues(SSID), Rpcs.setParameterValues(Map.of(SSID, "new & <old>"), ""));
        return await(cpe.informNow("2 PERIODIC"));
    }

    /** What does not touch the meaning of what is said still gets everything done, with a patient ACS. */
    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"DROPS", "FAULTS", "EMPTY_POSTS", "RESENDS", "LOSES_COOKIES", "DOUBLED_INFORM", "NO_COOKIES"})
    void aPatientAcsGetsItsWorkDone(Misbehaviour misbehaviour) {
        SimulatedCpe cpe = cpe(misbehaviour);

        assertThat(session(cpe).whyFailed()).isEmpty();

        assertThat(cpe.value(SSID)).isEqualTo("new & <old>");
        assertThat(acs.last("Inform").events()).containsExactly("2 PERIODIC");
        assertThat(acs.last("GetParameterValuesResponse").values()).containsEntry(SSID, "Homeward-HW1");
    }

    @Test
    void theSameSeedMisbehavesTheSameWay() {
        List<List<String>> runs = IntStream.range(0, 2)
                .mapToObj(run -> {
                    SimulatedCpe cpe = cpe(3, Misbehaviour.DROPS, Misbehaviour.FAULTS, Misbehaviour.ODD_XML);
                    return IntStream.range(0, 6)
                            .mapToObj(i -> session(cpe))
                            .map(r -> r.sent() + " " + r.faults() + r.succeeded())
                            .toList();
                })
                .toList();

        assertThat(runs.get(0)).isEqualTo(runs.get(1));
    }

    @Test
    void aSlowOneTakesItsTime() {
        SessionReport report = session(cpe(Misbehaviour.SLOW));

        assertThat(report.exchanges()).allSatisfy(e -> assertThat(e.duration()).isGreaterThan(Duration.ofMillis(90)));
    }

    @Test
    void dropsTheConnectionInSomeSessionsAndKeepsItsEvents() {
        SimulatedCpe cpe = cpe(Misbehaviour.DROPS);

        List<SessionReport> reports =
                IntStream.range(0, 20).mapToObj(i -> session(cpe)).toList();

        assertThat(reports)
                .anyMatch(SessionReport::succeeded)
                .anySatisfy(r -> assertThat(r.whyFailed())
                        .hasValueSatisfying(why -> assertThat(why).contains("dropped the connection")));
    }

    @Test
    void comesOnANewConnectionForEachRequest() {
        session(cpe(Misbehaviour.RECONNECTS));

        assertThat(acs.heard()).extracting(Heard::connection).doesNotHaveDuplicates();
    }

    @Test
    void sendsAPostTwice() {
        LongStream.range(0, 8).forEach(seed -> session(cpe(seed, Misbehaviour.RESENDS)));

        assertThat(acs.heard("Inform")).hasSizeGreaterThan(8);
    }

    @Test
    void neverReturnsACookie() {
        session(cpe(Misbehaviour.NO_COOKIES));

        assertThat(acs.heard()).hasSizeGreaterThan(1).allMatch(h -> h.headers().first("Cookie") == null);
    }

    @Test
    void losesItsCookiesInMidSession() {
        LongStream.range(0, 8).forEach(seed -> session(cpe(seed, Misbehaviour.LOSES_COOKIES)));

        List<Heard> answers = acs.heard("GetParameterValuesResponse");
        assertThat(answers).anyMatch(h -> h.headers().first("Cookie") == null);
        assertThat(answers).anyMatch(h -> h.headers().first("Cookie") != null);
    }

    @Test
    void returnsCookiesWithTheirAttributes() {
        session(cpe(Misbehaviour.ODD_COOKIES));

        assertThat(acs.last("GetParameterValuesResponse").headers().first("Cookie"))
                .matches("acs=(s\\d+); Path=/; HttpOnly; acs=\\1");
    }

    @Test
    void sendsEmptyPostsOutOfTurn() {
        SessionReport report = await(cpe(Misbehaviour.EMPTY_POSTS).informNow("2 PERIODIC"));

        assertThat(report.sent()).startsWith("", "Inform");
    }

    @Test
    void writesDigestHeadersOddly() {
        session(cpe(Misbehaviour.ODD_DIGEST));

        assertThat(acs.last("Inform").headers().first("Authorization"))
                .doesNotContain("\"")
                .contains("username=user");
    }

    @Test
    void countsNoNonces() {
        session(cpe(Misbehaviour.REPEATS_NONCE));

        assertThat(acs.heard())
                .hasSizeGreaterThan(1)
                .allMatch(
                        h -> String.valueOf(h.headers().first("Authorization")).contains("nc=00000001"));
    }

    @Test
    void givesValuesTypesThatAreNotTheirs() {
        SessionReport report = session(cpe(Misbehaviour.WRONG_TYPES));

        assertThat(report.exchanges().getFirst().sentXml())
                .matches("(?s).*xsi:type=\"(xsd:unsignedInt|xsd:boolean|xsd:dateTime|string)\">Homeward dual-band.*");
    }

    @Test
    void leavesOutIds() {
        session(cpe(Misbehaviour.NO_IDS));

        assertThat(acs.heard()).hasSizeGreaterThan(1).allMatch(h -> h.envelope().id() == null);
    }

    @Test
    void writesXmlThatMeansTheSame() {
        SimulatedCpe plain = cpe();
        SimulatedCpe odd = cpe(Misbehaviour.ODD_XML);

        SessionReport report = session(odd);
        Map<String, String> oddValues = acs.last("Inform").values();
        session(plain);

        assertThat(report.exchanges().getFirst().sentXml()).doesNotStartWith("<?xml version=\"1.0\" encoding");
        assertThat(withoutUrl(oddValues))
                .isEqualTo(withoutUrl(acs.last("Inform").values()));
    }

    private static Map<String, String> withoutUrl(Map<String, String> values) {
        values.keySet().removeIf(path -> path.endsWith("ConnectionRequestURL"));
        return values;
    }

    @Test
    void saysTheInformTwice() {
        SessionReport report = await(cpe(Misbehaviour.DOUBLED_INFORM).informNow("2 PERIODIC"));

        assertThat(report.sent()).containsExactly("Inform", "Inform", "");
    }

    @Test
    void believesThatItIs1970() {
        session(cpe(Misbehaviour.WRONG_CLOCK));

        assertThat(acs.last("Inform").payload().childText("CurrentTime")).startsWith("1970-01-01T");
    }

    @Test
    void refusesSomeRpcsForNoReason() {
        SimulatedCpe cpe = cpe(Misbehaviour.FAULTS);

        List<Integer> faults = IntStream.range(0, 10)
                .boxed()
                .flatMap(i -> session(cpe).faults().stream())
                .toList();

        assertThat(faults).isNotEmpty().hasSizeLessThan(20).containsOnly(9002);
    }

    @Test
    void acceptsConnectionRequestsAndNeverComes() throws Exception {
        SimulatedCpe cpe = cpe(Misbehaviour.SILENT);

        assertThat(connectionRequest(cpe)).isEqualTo(200);

        assertThat(cpe.pendingEvents()).isEmpty();
        assertThat(cpe.isInSession()).isFalse();
    }

    @Test
    void challengesConnectionRequestsOddly() throws Exception {
        SimulatedCpe cpe = cpe(Misbehaviour.ODD_CHALLENGE);
        var session = cpe.nextSessionWith("6 CONNECTION REQUEST");

        assertThat(connectionRequest(cpe)).isEqualTo(200);

        success(session);
    }

    @Test
    void turnsAwayConnectionRequestsThatComeTooOften() throws Exception {
        SimulatedCpe cpe = SimulatedCpe.builder(acs.uri())
                .serial("HW1")
                .connectionRequestGap(Duration.ofHours(1))
                .misbehaves(Misbehaviour.SILENT)
                .build();
        cpes.add(cpe);

        assertThat(connectionRequest(cpe)).isEqualTo(200);
        assertThat(connectionRequest(cpe)).isEqualTo(503);
    }

    private static int connectionRequest(SimulatedCpe cpe) throws java.io.IOException {
        var uri = cpe.connectionRequestUrl();
        try (HttpConnection connection = HttpConnection.open(uri, Duration.ofSeconds(10), null)) {
            Headers headers = new Headers().add("Host", uri.getRawAuthority());
            HttpReply challenge = connection.exchange("GET", uri.getPath(), headers, new byte[0]);
            String answer = DigestClient.answering(challenge, cpe.identity().deviceId(), "factory-HW1")
                    .orElseThrow()
                    .authorization("GET", uri.getPath());
            headers.add("Authorization", answer);
            return connection
                    .exchange("GET", uri.getPath(), headers, new byte[0])
                    .status();
        }
    }
}

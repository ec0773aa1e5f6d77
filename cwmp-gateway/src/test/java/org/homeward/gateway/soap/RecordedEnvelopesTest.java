package org.homeward.gateway.soap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.homeward.contracts.rpc.RpcResult;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What real devices and client stacks sent. */
class RecordedEnvelopesTest {

    /** What each fixture says, in short. */
    private static final Map<String, String> FIXTURES = Map.of(
            "bogus-inform-1.xml", "refused: not well-formed XML, cut off in line 22",
            "inform-1.xml", "Inform of AA1234-IAD_001-S99998888, 1 events, 8 parameters",
            "inform-no-soap-header.xml", "Inform of E48D8C-hAP%20lite-XXXXXXXXXXXX, 1 events, 7 parameters",
            "microcell-getnames.txt", "GetParameterNames: 227 parameters",
            "microcell-getvalues.txt", "GetParameterValues: 227 parameters",
            "mit-GetParameterNamesResponse.xml", "GetParameterNames: 18 parameters",
            "mit-GetParameterValuesResponse.xml", "GetParameterValues: 2 parameters",
            "mit-GetRPCMethods.xml", "GetRPCMethods",
            "mit-Inform.xml", "Inform of 000000-FakeProductClass-FakeSerialNumber, 3 events, 4 parameters",
            "mit-SetParameterValuesResponse.xml", "SetParameterValues: Applied[status=0]");

    @TestFactory
    Stream<DynamicTest> readsOrRefusesEveryFixture() {
        return Shared.files("cwmp/fixtures").stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
                    Reading reading = EnvelopeReader.read(Files.readAllBytes(file));

                    assertThat(gist(reading))
                            .isEqualTo(FIXTURES.get(file.getFileName().toString()));
                }));
    }

    @TestFactory
    Stream<DynamicTest> readsEveryEnvelopeOfEveryTranscript() {
        return Shared.files("cwmp/transcripts").stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
                    List<String> envelopes = sentByTheCpe(file);

                    List<Reading> readings =
                            envelopes.stream().map(Envelopes::read).toList();

                    assertThat(readings)
                            .hasSizeGreaterThan(3)
                            .allMatch(reading -> reading instanceof Reading.Read read && !read.repaired());
                    assertThat(readings.stream().map(RecordedEnvelopesTest::gist))
                            .anyMatch(gist -> gist.startsWith("Inform of"))
                            .noneMatch(gist -> gist.contains("Unanswered"));
                    assertThat(envelopes)
                            .allMatch(xml ->
                                    EnvelopeReader.read(SecretMask.mask(xml).getBytes(StandardCharsets.UTF_8))
                                            instanceof Reading.Read);
                    assertThat(envelopes).noneMatch(xml -> SecretMask.mask(xml).contains("acspass"));
                }));
    }

    /** Bodies of the requests in a transcript; those without one left out. */
    private static List<String> sentByTheCpe(Path transcript) throws IOException {
        List<String> bodies = new ArrayList<>();
        for (String message : Files.readString(transcript).split("(?m)^(?=-->|<-- \\[|===== \\[)")) {
            int body = message.indexOf("\r\n\r\n");
            if (message.startsWith("-->")
                    && body > 0
                    && !message.substring(body).isBlank()) {
                bodies.add(message.substring(body + 4));
            }
        }
        return bodies;
    }

    private static String gist(Reading reading) {
        return switch (reading) {
            case Reading.Unreadable refused -> "refused: " + refused.reason() + ", cut off in line " + refused.line();
            case Reading.Read read ->
                switch (read.message()) {
                    case CpeMessage.Inform inform ->
                        "Inform of " + inform.device().deviceId() + ", "
                                + inform.events().size() + " events, "
                                + inform.parameters().size() + " parameters";
                    case CpeMessage.RpcResponse response -> response.method() + ": " + gist(response.result());
                    case CpeMessage message -> message.method();
                };
        };
    }

    private static String gist(RpcResult result) {
        return switch (result) {
            case RpcResult.Names names -> names.parameters().size() + " parameters";
            case RpcResult.Values values -> values.parameters().size() + " parameters";
            case RpcResult other -> other.toString();
        };
    }
}

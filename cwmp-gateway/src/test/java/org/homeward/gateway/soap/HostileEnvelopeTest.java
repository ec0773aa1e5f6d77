package org.homeward.gateway.soap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeward.gateway.soap.Envelopes.EVENT;
import static org.homeward.gateway.soap.Envelopes.device;
import static org.homeward.gateway.soap.Envelopes.envelope;
import static org.homeward.gateway.soap.Envelopes.inform;
import static org.homeward.gateway.soap.Envelopes.parameter;
import static org.homeward.gateway.soap.Envelopes.unreadable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class HostileEnvelopeTest {

    private static final String DOCTYPE = "a document type declaration is not allowed";

    static Stream<Arguments> bombs() {
        String laughs = "<!DOCTYPE e [<!ENTITY a0 'ha'>"
                + Stream.iterate(1, i -> i < 30, i -> i + 1)
                        .map(i -> "<!ENTITY a" + i + " '&a" + (i - 1) + ";&a" + (i - 1) + ";'>")
                        .reduce("", String::concat)
                + "]>";
        return Stream.of(
                Arguments.of(
                        "a file by an entity",
                        "<!DOCTYPE e [<!ENTITY x SYSTEM 'file:///etc/hostname'>]>"
                                + inform(device("00256D", "&x;", "S1"), EVENT, ""),
                        8003,
                        DOCTYPE),
                Arguments.of(
                        "a file as the document type",
                        "<!DOCTYPE e SYSTEM 'file:///etc/hostname'>" + inform(),
                        8003,
                        DOCTYPE),
                Arguments.of(
                        "a billion laughs", laughs + inform(device("00256D", "&a29;", "S1"), EVENT, ""), 8003, DOCTYPE),
                Arguments.of(
                        "depth", envelope("<a>".repeat(100_000) + "</a>".repeat(100_000)), 8004, "beyond the bounds"),
                Arguments.of(
                        "children", inform(device("00256D", "G", "S1"), EVENT, "<a/>".repeat(50_000)), 8004, "bounds"),
                Arguments.of(
                        "elements",
                        envelope("<cwmp:X>" + ("<a>" + "<b/>".repeat(20_000) + "</a>").repeat(10) + "</cwmp:X>"),
                        8004,
                        "bounds"),
                Arguments.of(
                        "attributes",
                        envelope("<cwmp:Inform "
                                + Stream.iterate(0, i -> i < 5000, i -> i + 1)
                                        .map(i -> "a" + i + "='' ")
                                        .reduce("", String::concat)
                                + "/>"),
                        8004,
                        "bounds"),
                Arguments.of(
                        "an attribute", envelope("<cwmp:Inform a='" + "x".repeat(1 << 20) + "'/>"), 8004, "bounds"),
                Arguments.of(
                        "a text",
                        inform(device("00256D", "G", "S1"), EVENT, parameter("A", "x", "x".repeat(4 << 20))),
                        8004,
                        "bounds"),
                Arguments.of("ampersands", "<Envelope>" + "&".repeat(1_000_000) + "</Envelope>", 8004, "bounds"),
                Arguments.of(
                        "open sections", "<Envelope>" + "<![CDATA[&".repeat(100_000) + "</Envelope>", 8004, "bounds"),
                Arguments.of(
                        "open comments",
                        "<Envelope>" + "<!--&".repeat(100_000) + "</Envelope>",
                        8003,
                        "not well-formed"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bombs")
    void refusesQuickly(String name, String xml, int faultCode, String reason) {
        byte[] bytes = xml.getBytes(StandardCharsets.UTF_8);
        long start = System.nanoTime();

        Reading.Unreadable refused = unreadable(EnvelopeReader.read(bytes));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        assertThat(refused.faultCode()).isEqualTo(faultCode);
        assertThat(refused.reason()).contains(reason).doesNotContain("haha");
    }

    @Test
    void survivesAnyMutationOfWhatDevicesSend() throws IOException {
        Random random = new Random(20261121);
        List<byte[]> seeds = seeds();
        List<String> thrown = new ArrayList<>();
        int read = 0;
        long slowest = 0;

        for (int i = 0; i < 20_000; i++) {
            byte[] mutated = mutate(seeds.get(random.nextInt(seeds.size())), seeds, random);
            long start = System.nanoTime();
            try {
                read += EnvelopeReader.read(mutated) instanceof Reading.Read ? 1 : 0;
                SecretMask.mask(new String(mutated, StandardCharsets.ISO_8859_1));
            } catch (RuntimeException | Error e) {
                thrown.add(e + " for " + new String(mutated, StandardCharsets.ISO_8859_1));
            }
            slowest = Math.max(slowest, System.nanoTime() - start);
        }

        System.out.printf("20000 mutations: %d read, slowest %d us%n", read, slowest / 1000);
        assertThat(thrown).isEmpty();
        assertThat(read).isBetween(1, 19_999);
        assertThat(Duration.ofNanos(slowest)).isLessThan(Duration.ofSeconds(2));
    }

    private static List<byte[]> seeds() throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        seeds.add(inform().getBytes(StandardCharsets.UTF_8));
        seeds.add(("\uFEFF<?xml version='1.0' encoding='UTF-8'?><!-- c --><?pi x?>"
                        + inform(
                                device("00256D", "é&#x1F600;", "S"),
                                EVENT,
                                parameter("A.Password", "x", "<![CDATA[s]]>")))
                .getBytes(StandardCharsets.UTF_8));
        seeds.add(("<?xml version='1.0' encoding='UTF-16'?>" + inform()).getBytes(StandardCharsets.UTF_16));
        seeds.add("<!DOCTYPE e [<!ENTITY a 'b'><!ELEMENT c (d)>]><Envelope>&a;&lt;</Envelope>"
                .getBytes(StandardCharsets.UTF_8));
        Path fixtures = Path.of(System.getProperty("homeward.shared", "../../shared"), "cwmp/fixtures");
        if (Files.isDirectory(fixtures)) {
            for (Path file : Shared.files("cwmp/fixtures")) {
                byte[] bytes = Files.readAllBytes(file);
                if (bytes.length < 8192) {
                    seeds.add(bytes);
                }
            }
        }
        return seeds;
    }

    private static byte[] mutate(byte[] seed, List<byte[]> seeds, Random random) {
        StringBuilder text = new StringBuilder(new String(seed, StandardCharsets.ISO_8859_1));
        for (int n = 1 + random.nextInt(6); n > 0; n--) {
            int at = random.nextInt(text.length());
            int end = Math.min(text.length(), at + random.nextInt(40));
            switch (random.nextInt(7)) {
                case 0 -> text.setCharAt(at, (char) random.nextInt(256));
                case 1 -> text.setCharAt(at, "<>&;'\"/=! \n]-?#x0:".charAt(random.nextInt(18)));
                case 2 -> text.delete(at, end);
                case 3 -> text.insert(at, text.substring(at, end));
                case 4 -> {
                    byte[] other = seeds.get(random.nextInt(seeds.size()));
                    int from = random.nextInt(other.length);
                    int length = Math.min(other.length - from, random.nextInt(200));
                    text.insert(at, new String(other, from, length, StandardCharsets.ISO_8859_1));
                }
                case 5 ->
                    text.insert(
                            at,
                            List.of("<![CDATA[", "]]>", "&#0;", "<!--", "<?xml ", "<!DOCTYPE a", "\0")
                                    .get(random.nextInt(7)));
                default -> text.setLength(Math.max(1, at));
            }
            if (text.isEmpty()) {
                text.append('<');
            }
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}

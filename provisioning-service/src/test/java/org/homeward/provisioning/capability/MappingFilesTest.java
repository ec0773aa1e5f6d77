package org.homeward.provisioning.capability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.homeward.provisioning.profile.Vocabulary;
import org.homeward.provisioning.profile.Vocabulary.Meaning;
import org.homeward.provisioning.profile.Vocabulary.Model;
import org.homeward.provisioning.profile.Vocabulary.Said;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The mappings that come with Homeward, beside the trees of real gateways. */
class MappingFilesTest {

    private static final Pattern LINE =
            Pattern.compile("([^,]*),false,[^,]*,(true|false),[^,]*,(?:\"((?:[^\"]|\"\")*)\"|([^,]*)),.*");

    /** @param values by path; @param writable paths */
    private record Tree(Map<String, String> values, Set<String> writable) {

        static Tree of(String file) throws IOException {
            Path csv = Path.of(System.getProperty("homeward.shared", "../../shared"), "cwmp", "device-models", file);
            assumeTrue(Files.exists(csv), () -> "DID NOT RUN: no data model at " + csv);
            Tree tree = new Tree(new HashMap<>(), new HashSet<>());
            for (String each : Files.readAllLines(csv)) {
                Matcher line = LINE.matcher(each);
                if (line.matches()) {
                    tree.values.put(line.group(1), line.group(3) == null ? line.group(4) : line.group(3));
                    if (line.group(2).equals("true")) {
                        tree.writable.add(line.group(1));
                    }
                }
            }
            return tree;
        }
    }

    private final Capabilities capabilities = Capabilities.shipped();

    @Test
    void everyFileIsInTheIndex() throws IOException, URISyntaxException {
        Path folder = Path.of(
                Objects.requireNonNull(getClass().getResource("/capabilities")).toURI());

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(file -> file.endsWith(".yaml")))
                    .containsExactlyInAnyOrderElementsOf(Files.readAllLines(folder.resolve("index.txt")));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "huawei-eg8145v5.csv, 'Huawei Technologies Co., Ltd', EG8145V5, V5R020C00S280, InternetGatewayDevice., 24",
        "tplink-ec220.csv, TP-Link, EC220-G5, 1.12.0 Build 220820 Rel.52419n(4252), Device., 34",
        "tplink-ex220.csv, TP-Link, Device2, 0.14.0 2.0.0 v605f.0 Build 221227 Rel.55257n, Device., 38",
        "zte-h199a.csv, ZTE, ZXHNH199Z, V9.1.0P4N3_MUL, InternetGatewayDevice., 28"
    })
    void everyCapabilityOfARealGatewayIsAParameterThatItHasAndMayBeWritten(
            String csv, String manufacturer, String productClass, String software, String root, int mapped)
            throws IOException {
        Tree tree = Tree.of(csv);
        Model model = new Model(manufacturer, productClass, software, root);
        Set<String> found = new HashSet<>();

        List<String> names = Catalogue.all().stream().flatMap(Capability::names).toList();
        for (String name : names) {
            switch (capabilities.on(model, Vocabulary.CAPABILITY + name)) {
                case Meaning.Parameters meant ->
                    meant.places().stream()
                            .filter(place -> place.isConfirmedBy(tree.values()))
                            .findFirst()
                            .ifPresent(place -> {
                                found.add(name);
                                assertThat(place.parameters())
                                        .as(name)
                                        .isNotEmpty()
                                        .allSatisfy(parameter ->
                                                assertThat(tree.writable()).contains(parameter.path()));
                            });
                case Meaning.None none -> assertThat(none.why()).contains(name).contains(productClass);
            }
        }

        assertThat(found)
                .as("mapped")
                .hasSize(mapped)
                .contains(
                        "wifi.networks[2.4GHz].ssid",
                        "wifi.networks[2.4GHz].passphrase",
                        "wifi.networks[5GHz].channel",
                        "wan.pppoe.username",
                        "lan.dhcp.firstAddress",
                        "management.periodicInform.interval");
    }

    @Test
    void theBandsOfTheTpLinkTreesAreThoseOfTheirRadios() throws IOException {
        Tree tree = Tree.of("tplink-ec220.csv");

        assertThat(tree.values().get("Device.WiFi.SSID.3.LowerLayers")).isEqualTo("Device.WiFi.Radio.2.");
        assertThat(capabilities.on(
                        new Model("TP-Link", "EC220-G5", "1", "Device."),
                        Vocabulary.CAPABILITY + "wifi.networks[5GHz].ssid"))
                .isInstanceOfSatisfying(
                        Meaning.Parameters.class,
                        meant -> assertThat(meant.places()
                                        .getFirst()
                                        .parameters()
                                        .getFirst()
                                        .path())
                                .isEqualTo("Device.WiFi.SSID.3.SSID"));
    }

    @ParameterizedTest
    @CsvSource({"tplink-ec220.csv, EC220-G5, 1", "tplink-ex220.csv, Device2, 0 v605f.0 Build"})
    void theWordsForSecurityAreThoseThatTheTreeSaysItSupports(String csv, String productClass, String software)
            throws IOException {
        List<String> supported = List.of(
                Objects.requireNonNull(Tree.of(csv).values().get("Device.WiFi.AccessPoint.1.Security.ModesSupported"))
                        .split(","));
        Model model = new Model("TP-Link", productClass, software, "Device.");
        Meaning.Parameters meant =
                (Meaning.Parameters) capabilities.on(model, Vocabulary.CAPABILITY + "wifi.networks[2.4GHz].security");

        List<String> words = Stream.of(
                        "Open", "WPA2-Personal", "WPA-WPA2-Personal", "WPA2-WPA3-Personal", "WPA3-Personal")
                .map(meant.places().getFirst().parameters().getFirst().translation()::of)
                .filter(Said.Value.class::isInstance)
                .map(said -> ((Said.Value) said).text())
                .toList();

        assertThat(words).hasSizeGreaterThanOrEqualTo(4);
        assertThat(supported).containsAll(words);
    }
}

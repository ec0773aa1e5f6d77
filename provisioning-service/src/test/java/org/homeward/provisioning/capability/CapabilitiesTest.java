package org.homeward.provisioning.capability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.homeward.contracts.DeviceId;
import org.homeward.contracts.DeviceKey;
import org.homeward.provisioning.profile.ActiveProfiles;
import org.homeward.provisioning.profile.Desired;
import org.homeward.provisioning.profile.Desired.Kind;
import org.homeward.provisioning.profile.DocumentError;
import org.homeward.provisioning.profile.DocumentText;
import org.homeward.provisioning.profile.Facts;
import org.homeward.provisioning.profile.Given;
import org.homeward.provisioning.profile.Merge;
import org.homeward.provisioning.profile.Profile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What profiles in capabilities become on devices. */
class CapabilitiesTest {

    private static final String WIFI = "Device.WiFi.";
    private static final Map<String, String> FIRST_IS_2_4 = Map.of(
            WIFI + "Radio.1.OperatingFrequencyBand", "2.4GHz",
            WIFI + "SSID.1.LowerLayers", "Device.WiFi.Radio.1.",
            WIFI + "AccessPoint.1.SSIDReference", "Device.WiFi.SSID.1");
    private static final Map<String, String> FIRST_IS_5 = Map.of(
            WIFI + "Radio.1.OperatingFrequencyBand", "5GHz",
            WIFI + "SSID.1.LowerLayers", "Device.WiFi.Radio.1.",
            WIFI + "AccessPoint.1.SSIDReference", "Device.WiFi.SSID.1.",
            WIFI + "Radio.2.OperatingFrequencyBand", "2.4GHz",
            WIFI + "SSID.2.LowerLayers", "Device.WiFi.Radio.2.",
            WIFI + "AccessPoint.2.SSIDReference", "Device.WiFi.SSID.2.");

    private final Capabilities capabilities = Capabilities.shipped();

    private Profile.Compilation compile(String yaml) {
        List<DocumentError> errors = new ArrayList<>();
        return Profile.compile(DocumentText.parse(yaml, DocumentText.Syntax.YAML, errors), 1, capabilities);
    }

    private List<String> errors(String values) {
        return ((Profile.Compilation.Faulty) compile("name: p\nvalues:\n" + values))
                .errors().stream().map(DocumentError::toString).toList();
    }

    private Desired desired(Facts facts, String... values) {
        List<Profile> profiles = new ArrayList<>();
        for (String each : values) {
            profiles.add(((Profile.Compilation.Good) compile("name: p" + profiles.size() + "\npriority: "
                            + (100 + profiles.size()) + "\nvalues:\n" + each))
                    .profile());
        }
        return Merge.of(new ActiveProfiles(1, profiles), facts, capabilities);
    }

    private static Facts device(String manufacturer, String root, Map<String, String> reported) {
        return new Facts(
                Given.KEY,
                manufacturer,
                root,
                "1.2",
                "",
                Set.of(),
                Map.of("name", "fromFacts"),
                Map.of(),
                reported,
                List.of(),
                Given.NOW);
    }

    private static Map<String, String> written(Desired desired) {
        Map<String, String> written = new TreeMap<>();
        desired.values().forEach((path, wanted) -> written.put(path, wanted.value()));
        return written;
    }

    @Test
    void aGenericNetworkIsTheOneOfWhichTheDeviceSaysThatItIsOnThatBand() {
        String name = "  capability:wifi.networks[2.4GHz].ssid: home\n";

        assertThat(written(desired(device("Acme", "Device.", FIRST_IS_2_4), name)))
                .containsExactly(Map.entry("Device.WiFi.SSID.1.SSID", "home"));
        assertThat(written(desired(device("Acme", "Device.", FIRST_IS_5), name)))
                .containsExactly(Map.entry("Device.WiFi.SSID.2.SSID", "home"));
    }

    @Test
    void whatDecidesWhereItStandsIsReadFirst() {
        Desired desired =
                desired(device("Acme", "Device.", Map.of()), "  capability:wifi.networks[2.4GHz].ssid: home\n");

        assertThat(desired.values()).isEmpty();
        assertThat(desired.undecided()).containsAll(FIRST_IS_2_4.keySet());
        assertThat(desired.remarks()).singleElement().satisfies(remark -> {
            assertThat(remark.kind()).isEqualTo(Kind.INCOMPLETE);
            assertThat(remark.what()).isEqualTo("capability:wifi.networks[2.4GHz].ssid");
            assertThat(remark.message()).contains("which is not known of it");
        });
    }

    @Test
    void nothingIsGuessedWhereTheDeviceSaysOtherwise() {
        Desired desired = desired(
                device("Acme", "Device.", Map.of(WIFI + "Radio.1.OperatingFrequencyBand", "6GHz")),
                "  capability:wifi.networks[2.4GHz].ssid: home\n");

        assertThat(desired.values()).isEmpty();
        assertThat(desired.remarks()).singleElement().satisfies(remark -> {
            assertThat(remark.kind()).isEqualTo(Kind.UNFIT);
            assertThat(remark.message()).contains("Radio.1.OperatingFrequencyBand is 6GHz and not 2.4GHz");
        });
    }

    @Test
    void anAutomaticChannelLeavesTheNumberAloneWhateverALesserProfileSays() {
        Facts facts = device("Acme", "Device.", FIRST_IS_2_4);
        String fixed = "  capability:wifi.networks[2.4GHz].channel: 11\n";
        String automatic = "  capability:wifi.networks[2.4GHz].channel: auto\n";

        assertThat(written(desired(facts, fixed)))
                .containsOnly(
                        Map.entry("Device.WiFi.Radio.1.AutoChannelEnable", "false"),
                        Map.entry("Device.WiFi.Radio.1.Channel", "11"));
        assertThat(written(desired(facts, fixed, automatic)))
                .containsExactly(Map.entry("Device.WiFi.Radio.1.AutoChannelEnable", "true"));
    }

    @Test
    void literalAndComputedValuesAreSaidInTheWordsOfTheModel() {
        String channels = "InternetGatewayDevice.LANDevice.1.WLANConfiguration.1.PossibleChannels";
        Facts facts = device(
                "Acme",
                "InternetGatewayDevice.",
                Map.of("InternetGatewayDevice.LANDeviceNumberOfEntries", "1", channels, "1-11"));

        Map<String, String> written = written(desired(facts, """
                  capability:wifi.networks[2.4GHz].security: {expression: '"WPA2-" + "Personal"'}
                  capability:wifi.networks[2.4GHz].enabled: 1
                """));

        assertThat(written)
                .containsEntry("InternetGatewayDevice.LANDevice.1.WLANConfiguration.1.BeaconType", "11i")
                .containsEntry("InternetGatewayDevice.LANDevice.1.WLANConfiguration.1.Enable", "true")
                .doesNotContainKey("InternetGatewayDevice.LANDevice.1.WLANConfiguration.1.BasicEncryptionModes");
    }

    @Test
    void aValueThatTheModelHasNoWordForIsUnfitAndNamed() {
        Facts facts = device("Homeward", "InternetGatewayDevice.", Map.of());
        Facts simulator = new Facts(
                new DeviceKey(Given.KEY.tenant(), DeviceId.parse("001122-HG%2D1100-S1")),
                "Homeward",
                facts.root(),
                "1",
                "",
                Set.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                List.of(),
                Given.NOW);

        Desired desired = desired(simulator, "  capability:wifi.networks[2.4GHz].security: WPA3-Personal\n");

        assertThat(desired.values())
                .doesNotContainKey("InternetGatewayDevice.LANDevice.1.WLANConfiguration.1.BeaconType");
        assertThat(desired.remarks()).singleElement().satisfies(remark -> {
            assertThat(remark.kind()).isEqualTo(Kind.UNFIT);
            assertThat(remark.message())
                    .contains("wifi.networks[2.4GHz].security can't be WPA3-Personal on the model HG-1100 of Homeward");
        });
    }

    @Test
    void aComputedValueThatIsNoneIsUnfitAndASecretIsNotRepeated() {
        Desired desired = desired(
                device("Acme", "Device.", FIRST_IS_2_4),
                "  capability:wifi.networks[2.4GHz].passphrase: {expression: '\"short\"'}\n");

        assertThat(desired.values()).isEmpty();
        assertThat(desired.remarks())
                .singleElement()
                .satisfies(remark -> assertThat(remark.message())
                        .contains("it is 8 to 63 characters of ASCII")
                        .doesNotContain("short"));
    }

    @Test
    void aMissingMappingNamesModelAndCapability() {
        Desired desired = desired(
                device("Acme", "InternetGatewayDevice.", Map.of()),
                "  capability:wifi.networks[2.4GHz].standards: b,g,n\n");

        assertThat(desired.remarks()).singleElement().satisfies(remark -> {
            assertThat(remark.kind()).isEqualTo(Kind.UNFIT);
            assertThat(remark.message())
                    .startsWith("there is no mapping of wifi.networks[2.4GHz].standards for the model HG8245 of Acme");
        });
    }

    @Test
    void namesAndValuesThatNoDeviceUnderstandsAreErrorsOfTheProfile() {
        assertThat(errors("  capability:wifi.network[2.4GHz].ssid: home\n"))
                .singleElement()
                .asString()
                .contains("is no capability; the nearest are wifi.networks[2.4GHz].ssid");
        assertThat(errors("  capability:portForwards: x\n"))
                .singleElement()
                .asString()
                .contains("is a table");
        assertThat(errors("  capability:wifi.networks[2.4GHz].channel: 999\n"))
                .singleElement()
                .asString()
                .contains("can't be \"999\": it is Auto, or the number of a channel");
        assertThat(errors("  capability:wifi.networks[2.4GHz].enabled: {value: 'on'}\n"))
                .singleElement()
                .asString()
                .contains("true or false");
        assertThat(errors("  capability:time.ntp.enabled: {value: true, type: boolean}\n"))
                .singleElement()
                .asString()
                .contains("has a type of its own");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            wifi.networks[*].sid: Device.A                       | x.yaml:4: wifi.networks[*].sid is no capability
            hosts: Device.Hosts                                  | x.yaml:4: hosts is a table
            time.ntp.enabled: Device Time                        | x.yaml:4: Device Time is not the full path
            time.ntp.enabled: InternetGatewayDevice.Time.Enable  | x.yaml:4: InternetGatewayDevice.Time.Enable is not
            time.ntp.enabled: Device.{a}.Enable                  | x.yaml:4: Device.{a}.Enable names a variable
            wan.pppoe.password: Device.PPP.Name                  | x.yaml:4: Device.PPP.Name is not a parameter that
            wan.pppoe.username: Device.PPP.Password              | x.yaml:4: Device.PPP.Password holds a secret
            wan.pppoe.password: {path: Device.Password, values: {a: b}} | x.yaml:4: wan.pppoe.password is a secret
            time.ntp.enabled: {path: Device.T.E, values: {maybe: x}}    | x.yaml:4: maybe is no value of
            time.ntp.enabled: {pfad: Device.T.E}                 | x.yaml:4: pfad is not known here
            """)
    void aFaultyMappingIsNamedWithFileAndLine(String line, String message) {
        String text = "devices:\n  root: Device.\ncapabilities:\n  " + line + '\n';

        assertThatThrownBy(() -> Capabilities.of(Map.of("x.yaml", text)))
                .isInstanceOf(MappingFault.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void twoMappingsThatAreEquallySpecificAreRefused() {
        String one = "devices:\n  root: Device.\n  productClass: A*\ncapabilities:\n  time.ntp.enabled: Device.T.E\n";

        assertThatThrownBy(() -> Capabilities.of(Map.of("x.yaml", one, "y.yaml", one.replace("A*", "'*B'"))))
                .isInstanceOf(MappingFault.class)
                .hasMessageContaining("is as specific as");
        assertThat(Capabilities.of(Map.of("x.yaml", one.replace("A*", "A"), "y.yaml", one.replace("A*", "B"))))
                .isNotNull();
    }
}

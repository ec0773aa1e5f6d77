package org.homeward.provisioning.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.homeward.contracts.DeviceId;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.TenantId;
import org.homeward.provisioning.capability.Capabilities;
import org.homeward.provisioning.profile.Desired.Kind;
import org.homeward.provisioning.profile.Desired.Remark;
import org.homeward.provisioning.profile.PersonalSettings.Choice;
import org.homeward.provisioning.profile.ProfileDocument.UserChange;
import org.junit.jupiter.api.Test;

class PersonalSettingsTest {

    private static final Capabilities CAPABILITIES = Capabilities.shipped();
    private static final String SSID = "Device.WiFi.SSID.1.SSID";
    private static final Facts FACTS = new Facts(
            new DeviceKey(TenantId.DEFAULT, new DeviceId("001122", "HG-2400", "S1")),
            "Homeward",
            "Device.",
            "1",
            "",
            Set.of(),
            Map.of("id", "ann"),
            Map.of(),
            Map.of(),
            List.of(),
            Given.NOW);

    private static Desired desired(String capability, String value, String... profiles) {
        PersonalSettings personal =
                PersonalSettings.of(7, List.of(new Choice(capability, value, Given.NOW)), CAPABILITIES);
        return Merge.of(Given.active(profiles).with(personal), FACTS, CAPABILITIES);
    }

    private static Desired.Wanted wanted(Desired desired, String path) {
        return Objects.requireNonNull(desired.values().get(path));
    }

    @Test
    void whatTheSubscriberChoseStandsAboveProfilesOfAnyPriority() {
        Desired desired =
                desired("wifi.networks[2.4GHz].ssid", "home", "{name: a, priority: 1000, values: {" + SSID + ": isp}}");

        assertThat(wanted(desired, SSID)).satisfies(wanted -> {
            assertThat(wanted.value()).isEqualTo("home");
            assertThat(wanted.userChange()).isEqualTo(UserChange.CHOSEN);
            assertThat(wanted.source().profile()).isEqualTo(PersonalSettings.SOURCE);
            assertThat(wanted.source().chosen()).isEqualTo(Given.NOW);
        });
        assertThat(desired.remarks()).isEmpty();
    }

    @Test
    void aProfileThatKeepsWhatTheUserChangedLetsItsChoiceHold() {
        Desired desired = desired(
                "wifi.networks[2.4GHz].ssid",
                "home",
                "{name: a, values: {" + SSID + ": {value: isp, userChange: keep}}}");

        assertThat(wanted(desired, SSID).value()).isEqualTo("home");
    }

    @Test
    void aProfileThatSaysSoOverrulesItAndARemarkTells() {
        Desired desired = desired(
                "wifi.networks[2.4GHz].ssid",
                "home",
                "{name: a, values: {" + SSID + ": {value: isp, userChange: overrule}}}");

        assertThat(wanted(desired, SSID).value()).isEqualTo("isp");
        assertThat(desired.remarks()).extracting(Remark::kind).containsExactly(Kind.OVERRULED);
    }

    @Test
    void aProfileOfLowerPriorityOverrulesNothing() {
        Desired desired = desired(
                "wifi.networks[2.4GHz].ssid",
                "home",
                "{name: a, priority: 10, values: {" + SSID + ": {value: isp, userChange: overrule}}}",
                "{name: b, priority: 20, values: {" + SSID + ": other}}");

        assertThat(wanted(desired, SSID).value()).isEqualTo("home");
    }

    @Test
    void whatTheModelLacksIsARemarkAndNothingElse() {
        Desired desired = desired("wifi.networks[6GHz].ssid", "home", "{name: a, values: {" + SSID + ": isp}}");

        assertThat(desired.values().keySet()).containsExactly(SSID);
        assertThat(desired.remarks()).extracting(Remark::kind).containsExactly(Kind.UNFIT);
    }

    @Test
    void aSecretIsPassedOnAsItIsSealed() {
        String secret = new BoundSecret("v1.abc", "place").text();

        Desired desired = desired("wifi.networks[2.4GHz].passphrase", secret);

        assertThat(wanted(desired, "Device.WiFi.AccessPoint.1.Security.KeyPassphrase"))
                .satisfies(wanted -> {
                    assertThat(wanted.sealed()).isTrue();
                    assertThat(wanted.value()).isEqualTo(secret);
                    assertThat(wanted.toString()).doesNotContain("abc");
                });
    }

    @Test
    void othersAreAnotherRevisionAndNothingChosenIsTheSame() {
        ActiveProfiles base = Given.active("{name: a, values: {" + SSID + ": isp}}");
        PersonalSettings one =
                PersonalSettings.of(1, List.of(new Choice("wifi.networks[2.4GHz].ssid", "x", Given.NOW)), CAPABILITIES);

        assertThat(base.with(PersonalSettings.NONE)).isSameAs(base);
        assertThat(base.with(one).revision())
                .isNotEqualTo(base.revision())
                .isNotEqualTo(base.with(PersonalSettings.of(2, List.of(), CAPABILITIES))
                        .revision());
    }

    @Test
    void rowsOfATableAreToldInTheWordsOfTheModelAndAreAllThatThereIsToBe() {
        String rows = PersonalSettings.text(List.of(Map.of(
                "port", "8443", "protocol", "TCP", "toAddress", "192.168.1.20", "toPort", "443", "enabled", "true")));

        Desired desired = desired("portForwards", rows);

        Desired.WantedTable table = Objects.requireNonNull(desired.tables().get("Device.NAT.PortMapping."));
        assertThat(table.key()).containsExactly("ExternalPort", "Protocol");
        assertThat(table.removeExtra()).isTrue();
        assertThat(table.rows())
                .singleElement()
                .satisfies(row -> assertThat(row.columns())
                        .extractingByKeys("ExternalPort", "InternalClient", "Enable", "AllInterfaces")
                        .extracting(Desired.Wanted::value)
                        .containsExactly("8443", "192.168.1.20", "true", "true"));
    }
}

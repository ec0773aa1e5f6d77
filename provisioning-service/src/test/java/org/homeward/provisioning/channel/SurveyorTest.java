package org.homeward.provisioning.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.homeward.contracts.order.OrderTask;
import org.homeward.provisioning.capability.Capabilities;
import org.homeward.provisioning.channel.Surveyor.Way;
import org.homeward.provisioning.channel.Surveyor.Writing;
import org.homeward.provisioning.profile.Vocabulary.Model;
import org.junit.jupiter.api.Test;

class SurveyorTest {

    private static final Model TR_181 = new Model("Homeward", "HG-2400", "1.0", "Device.");
    private static final Model TR_098 = new Model("Homeward", "HG-1100", "1.0", "InternetGatewayDevice.");
    private static final Model HUAWEI =
            new Model("Huawei Technologies Co., Ltd", "EG8145X6-10", "V5", "InternetGatewayDevice.");
    private static final String LAN = "InternetGatewayDevice.LANDevice.1.";
    private final Surveyor surveyor = new Surveyor(ScanMappings.shipped(), Capabilities.shipped());

    private static OrderTask.Survey survey(Way way) {
        return ((Way.By) way).survey();
    }

    @Test
    void aModelOfTr181IsAskedByTheStandardObjectAndForBothItsRadios() {
        OrderTask.Survey survey = survey(surveyor.way(TR_181, Map.of()));

        assertThat(survey.object()).isEqualTo("Device.WiFi.NeighboringWiFiDiagnostic.");
        assertThat(survey.columns()).containsEntry("signal", "SignalStrength");
        assertThat(survey.radios()).extracting(OrderTask.Radio::band).containsExactly("2.4GHz", "5GHz");
        assertThat(survey.radios().getFirst().parameters())
                .containsEntry("channel", "Device.WiFi.Radio.1.Channel")
                .containsEntry("possible", "Device.WiFi.Radio.1.PossibleChannels")
                .containsEntry("automatic", "Device.WiFi.Radio.1.AutoChannelEnable")
                .containsEntry("bandwidth", "Device.WiFi.Radio.1.CurrentOperatingChannelBandwidth")
                .containsEntry("bssid.2.4GHz", "Device.WiFi.SSID.1.BSSID")
                .containsEntry("bssid.guest", "Device.WiFi.SSID.3.BSSID");
    }

    @Test
    void aVendorsTreeOfTr098IsAskedByTheVendorsObject() {
        assertThat(surveyor.asked(HUAWEI)).contains(LAN + "WLANConfiguration.1.PossibleChannels");

        OrderTask.Survey survey = survey(surveyor.way(
                HUAWEI,
                Map.of(
                        "InternetGatewayDevice.LANDeviceNumberOfEntries",
                        "1",
                        LAN + "WLANConfiguration.1.PossibleChannels",
                        "1-13")));

        assertThat(survey.object()).isEqualTo(LAN + "WiFi.NeighboringWiFiDiagnostic.");
        assertThat(survey.radios()).hasSize(1);
        assertThat(survey.radios().getFirst().parameters())
                .containsEntry("channel", LAN + "WLANConfiguration.1.Channel")
                .containsEntry("bssid.2.4GHz", LAN + "WLANConfiguration.1.BSSID");
    }

    @Test
    void aModelWithoutMappingIsRefusedByName() {
        assertThat(surveyor.way(TR_098, Map.of()))
                .isEqualTo(new Way.None("there is no mapping of a Wi-Fi scan for the model HG-1100 of Homeward with"
                        + " software 1.0 and data model InternetGatewayDevice."));
    }

    @Test
    void aDeviceThatNeverCalledIsNotAsked() {
        assertThat(surveyor.way(new Model("", "", "", ""), Map.of()))
                .isEqualTo(new Way.None("the device has not said yet what data model it has"));
    }

    @Test
    void aChannelIsWrittenInTheModelsWords() {
        assertThat(surveyor.writing(TR_181, Band.GHZ_2_4, 11, "Device.WiFi.Radio.1.Channel"))
                .isEqualTo(new Writing.Values(
                        Map.of("Device.WiFi.Radio.1.AutoChannelEnable", "false", "Device.WiFi.Radio.1.Channel", "11")));
        assertThat(surveyor.writing(TR_181, Band.GHZ_2_4, 11, "Device.WiFi.Radio.7.Channel"))
                .isInstanceOf(Writing.None.class);
    }
}

package org.homeward.registry.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeward.registry.testing.Cpe.value;

import org.homeward.contracts.device.DeviceEvent.Change;
import org.junit.jupiter.api.Test;

class ReportedTest {

    private final Reported reported = new Reported();

    @Test
    void takesTheFactsOfBothDataModels() {
        reported.add(value("InternetGatewayDevice.DeviceInfo.SoftwareVersion", "V3"));
        reported.add(value(
                "InternetGatewayDevice.WANDevice.1.WANConnectionDevice.1.WANIPConnection.1.ExternalIPAddress",
                "192.0.2.9"));
        reported.add(value("InternetGatewayDevice.ManagementServer.PeriodicInformInterval", "300"));

        assertThat(reported.root()).isEqualTo("InternetGatewayDevice.");
        assertThat(reported.softwareVersion()).isEqualTo("V3");
        assertThat(reported.externalIp()).isEqualTo("192.0.2.9");
        assertThat(reported.periodicInformSeconds()).isEqualTo(300);
    }

    @Test
    void aConnectionThatIsDownDoesNotHideTheAddressOfAnother() {
        reported.add(value(
                "InternetGatewayDevice.WANDevice.1.WANConnectionDevice.1.WANIPConnection.1.ExternalIPAddress",
                "192.0.2.9"));
        reported.add(value(
                "InternetGatewayDevice.WANDevice.1.WANConnectionDevice.2.WANIPConnection.1.ExternalIPAddress",
                "0.0.0.0"));

        assertThat(reported.externalIp()).isEqualTo("192.0.2.9");
    }

    @Test
    void longTextsAreCutAndLongAddressesNotTaken() {
        reported.called("M".repeat(300), "1".repeat(65));
        reported.add(value("Device.DeviceInfo.SoftwareVersion", "V".repeat(255) + "\ud83c\udfe0"));
        reported.add(value("Device.ManagementServer.ConnectionRequestURL", "http://" + "h".repeat(250)));
        reported.add(value("Device.X.ExternalIPAddress", "1".repeat(65)));

        assertThat(reported.manufacturer()).hasSize(256);
        assertThat(reported.remoteAddress()).isNull();
        assertThat(reported.softwareVersion()).isEqualTo("V".repeat(255));
        assertThat(reported.connectionRequestUrl()).isNull();
        assertThat(reported.externalIp()).isNull();
    }

    @Test
    void anIntervalThatIsNoneLeavesTheDefault() {
        reported.add(value("Device.ManagementServer.PeriodicInformInterval", "often"));
        reported.add(value("Device.ManagementServer.PeriodicInformInterval", "0"));

        assertThat(reported.periodicInformSeconds()).isNull();
    }

    @Test
    void anAddressThatMovedToAnotherPortIsNotGone() {
        reported.add(value("Device.Ethernet.Interface.2.MACAddress", "00:11:22:33:44:01"));
        reported.changed(
                new Change("Device.Ethernet.Interface.1.MACAddress", "00:11:22:33:44:01", "00:11:22:33:44:02"));
        reported.changed(new Change("Device.Ethernet.Interface.3.MACAddress", "00:11:22:33:44:03", null));

        assertThat(reported.macs()).containsExactly("001122334401");
        assertThat(reported.formerMacs()).containsExactly("001122334403");
    }
}

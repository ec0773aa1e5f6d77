package org.homeward.registry.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MacAddressesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Device.Ethernet.Interface.1.MACAddress",
                "Device.WiFi.SSID.12.BSSID",
                "Device.LAN.MACAddress",
                "InternetGatewayDevice.WANDevice.1.WANConnectionDevice.2.WANIPConnection.1.MACAddress",
                "InternetGatewayDevice.WANDevice.1.WANConnectionDevice.2.WANPPPConnection.1.MACAddress",
                "InternetGatewayDevice.LANDevice.1.LANEthernetInterfaceConfig.3.MACAddress",
                "Device.DeviceInfo.X_00AABB_MACAddress"
            })
    void findsTheAddressesOfTheDevice(String path) {
        assertThat(MacAddresses.isOwn(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Device.Hosts.Host.1.PhysAddress",
                "InternetGatewayDevice.LANDevice.1.Hosts.Host.1.MACAddress",
                "Device.WiFi.AccessPoint.1.AssociatedDevice.1.MACAddress",
                "Device.DeviceInfo.SoftwareVersion",
                "Device.WiFi.SSID.1.SSID"
            })
    void leavesThoseOfItsClientsAlone(String path) {
        assertThat(MacAddresses.isOwn(path)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"00:11:22:AA:BB:CC", "00-11-22-aa-bb-cc", "0011.22aa.bbcc", "001122AABBCC"})
    void readsEveryWayToWriteOne(String text) {
        assertThat(MacAddresses.normalized(text)).contains("001122aabbcc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00:00:00:00:00:00", "00:11:22", "nonsense", "00:11:22:33:44:55:66"})
    void takesNothingElseForOne(String text) {
        assertThat(MacAddresses.normalized(text)).isEmpty();
    }
}

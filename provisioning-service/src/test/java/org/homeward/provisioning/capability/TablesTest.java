package org.homeward.provisioning.capability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.homeward.provisioning.profile.Vocabulary.Model;
import org.junit.jupiter.api.Test;

class TablesTest {

    private static final Model SIMULATOR_181 = new Model("Homeward", "HG-2400", "1", "Device.");
    private static final Model SIMULATOR_098 = new Model("Homeward", "HG-1100", "1", "InternetGatewayDevice.");

    private final Capabilities capabilities = Capabilities.shipped();

    private Table table(Model model, String name) {
        return ((TableMeaning.Tables) capabilities.table(model, name)).tables().getFirst();
    }

    @Test
    void aRowIsReadInTheWordsOfTheCatalogueAndJoinedWithWhatTheRadioSaysOfIt() {
        Map<String, String> reported = Map.of(
                "Device.Hosts.Host.2.PhysAddress", "02-AA-10-00-00-02",
                "Device.Hosts.Host.2.HostName", "laptop",
                "Device.Hosts.Host.2.IPAddress", "192.168.1.22",
                "Device.Hosts.Host.2.Active", "1",
                "Device.Hosts.Host.2.Layer1Interface", "Device.WiFi.SSID.1.",
                "Device.WiFi.AccessPoint.2.AssociatedDevice.7.MACAddress", "02:aa:10:00:00:02",
                "Device.WiFi.AccessPoint.2.AssociatedDevice.7.SignalStrength", "-71",
                "Device.WiFi.AccessPoint.2.AssociatedDevice.7.LastDataUplinkRate", "9");

        List<Table.Row> rows = table(SIMULATOR_181, "hosts").rows(reported);

        assertThat(rows)
                .containsExactly(new Table.Row(
                        "Device.Hosts.Host.2.",
                        Map.of(
                                "mac", "02:aa:10:00:00:02",
                                "name", "laptop",
                                "address", "192.168.1.22",
                                "active", "true",
                                "medium", "Wi-Fi",
                                "network", "5GHz",
                                "signal", "-71")));
    }

    @Test
    void aHostByWireIsJoinedWithNothing() {
        Map<String, String> reported = Map.of(
                "InternetGatewayDevice.LANDevice.1.Hosts.Host.3.MACAddress",
                "02:AA:10:00:00:03",
                "InternetGatewayDevice.LANDevice.1.Hosts.Host.3.InterfaceType",
                "Ethernet",
                "InternetGatewayDevice.LANDevice.1.Hosts.Host.3.HostName",
                "",
                "InternetGatewayDevice.LANDevice.1.WLANConfiguration.1.AssociatedDevice.1.AssociatedDeviceMACAddress",
                "02:AA:10:00:00:01");

        assertThat(table(SIMULATOR_098, "hosts").rows(reported))
                .extracting(Table.Row::values)
                .containsExactly(Map.of("mac", "02:aa:10:00:00:03", "medium", "Ethernet"));
    }

    @Test
    void rowsComeInTheOrderOfTheirNumbers() {
        Map<String, String> reported = Map.of(
                "Device.Hosts.Host.10.HostName", "ten",
                "Device.Hosts.Host.9.HostName", "nine",
                "Device.Hosts.Host.1.HostName", "one");

        assertThat(table(SIMULATOR_181, "hosts").rows(reported))
                .extracting(row -> row.values().get("name"))
                .containsExactly("one", "nine", "ten");
    }

    @Test
    void aTableOfAConnectionStandsWhereTheConnectionDoes() {
        Table forwards = table(new Model("ZTE", "ZXHNH199Z", "V9", "InternetGatewayDevice."), "portForwards");
        String connection = "InternetGatewayDevice.WANDevice.1.WANConnectionDevice.1.WANPPPConnection.1.";

        assertThat(forwards.rows()).isEqualTo(connection + "PortMapping.*.");
        assertThat(forwards.isConfirmedBy(Map.of(connection + "X_ZTE-COM_ServiceList", "INTERNET_TR069")))
                .isTrue();
        assertThat(forwards.isConfirmedBy(Map.of())).isFalse();
        assertThat(forwards.objects()).containsExactly(connection + "PortMapping.");
        assertThat(Objects.requireNonNull(forwards.columns().get("protocol")).write("UDP"))
                .contains("UDP");
    }

    @Test
    void aModelWithoutTheTableIsNamed() {
        assertThat(capabilities.table(new Model("TP-Link", "EC220-G5", "1", "Device."), "portForwards"))
                .isInstanceOfSatisfying(
                        TableMeaning.None.class,
                        none -> assertThat(none.why()).contains("portForwards").contains("EC220-G5"));
    }

    @Test
    void whatIsWrongInATableIsToldWithItsLine() {
        assertThatThrownBy(() -> with("hosts: {rows: Device.Hosts.Host., columns: {name: HostName}}"))
                .isInstanceOf(MappingFault.class)
                .hasMessageContaining("bad.yaml:4")
                .hasMessageContaining("asterisk");
        assertThatThrownBy(() -> with("hosts: {rows: Device.Hosts.Host.*., columns: {nane: HostName}}"))
                .hasMessageContaining("nane is no column of hosts");
        assertThatThrownBy(() ->
                        with("hosts: {rows: Device.Hosts.Host.*., columns: {active: {path: A, values: {yes: 1}}}}"))
                .hasMessageContaining("no value of the column");
        assertThatThrownBy(() -> with("wan.pppoe.enabled: {rows: Device.X.*., columns: {}}"))
                .hasMessageContaining("no table");
        assertThatThrownBy(() -> with("hosts: {place: wifi.networks, rows: Device.X.*., columns: {name: N}}"))
                .hasMessageContaining("none of the places");
    }

    private static void with(String table) {
        Capabilities.of(Map.of("bad.yaml", "devices: {root: Device.}\ncapabilities: {}\ntables:\n  " + table + "\n"));
    }
}

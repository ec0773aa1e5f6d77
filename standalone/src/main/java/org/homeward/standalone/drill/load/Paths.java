package org.homeward.standalone.drill.load;

import org.homeward.simulator.SimulatedCpe;

/** Where the two data models keep what orders change. */
final class Paths {

    private Paths() {}

    private static boolean isNewModel(SimulatedCpe cpe) {
        return cpe.model().root().equals("Device.");
    }

    static String wifiName(SimulatedCpe cpe) {
        return isNewModel(cpe)
                ? "Device.WiFi.SSID.1.SSID"
                : "InternetGatewayDevice.LANDevice.1.WLANConfiguration.1.SSID";
    }

    static String portMappings(SimulatedCpe cpe) {
        return isNewModel(cpe)
                ? "Device.NAT.PortMapping."
                : "InternetGatewayDevice.WANDevice.1.WANConnectionDevice.1.WANPPPConnection.1.PortMapping.";
    }

    /** Of a port mapping, relative to it. */
    static String description(SimulatedCpe cpe) {
        return isNewModel(cpe) ? "Description" : "PortMappingDescription";
    }

    static String missing(SimulatedCpe cpe) {
        return wifiName(cpe).replaceFirst("SSID$", "Colour");
    }
}

package org.homeward.provisioning.selfcare;

import java.util.List;
import org.homeward.provisioning.capability.Catalogue;

/** The Wi-Fi networks that there may be. */
public final class Networks {

    /** By their index in the catalogue. */
    public static final List<String> ALL = Catalogue.all().stream()
            .filter(each -> each.name().equals("wifi.networks[*].ssid"))
            .findFirst()
            .orElseThrow()
            .indices();

    private Networks() {}

    public static boolean isGuest(String network) {
        return network.startsWith("guest");
    }

    /** {@code 2.4GHz}, {@code 5GHz} or {@code 6GHz}. */
    public static String band(String network) {
        return network.equals("guest") ? "2.4GHz" : network.replace("guest", "");
    }
}

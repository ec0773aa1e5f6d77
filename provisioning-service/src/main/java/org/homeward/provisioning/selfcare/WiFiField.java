package org.homeward.provisioning.selfcare;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiFunction;
import org.homeward.provisioning.capability.Capability;
import org.homeward.provisioning.capability.Catalogue;

/** What a subscriber may say of a Wi-Fi network. */
public enum WiFiField {
    NAME("name", "ssid"),
    PASSWORD("password", "passphrase"),
    ENABLED("enabled", "enabled"),
    SECURITY("security", "security"),
    CHANNEL("channel", "channel");

    private final String property;
    private final String capability;

    WiFiField(String property, String capability) {
        this.property = property;
        this.capability = capability;
    }

    /** Its name in REST. */
    public String property() {
        return property;
    }

    public static Optional<WiFiField> named(String property) {
        return Arrays.stream(values())
                .filter(field -> field.property.equals(property))
                .findFirst();
    }

    /** Its capability for one network, such as {@code wifi.networks[5GHz].ssid}. */
    public String of(String network) {
        return "wifi.networks[" + network + "]." + capability;
    }

    /** Whether such a network has it: guests have no channel of their own. */
    public boolean isOf(String network) {
        return Catalogue.named(of(network)).isPresent();
    }

    /** In words of REST: {@code networks.5GHz.name} for {@code wifi.networks[5GHz].ssid}; others as they are. */
    public static String field(String capability) {
        return named(capability, (network, field) -> "networks." + network + '.' + field.property);
    }

    /** {@code name of 5GHz} for {@code wifi.networks[5GHz].ssid}; others as they are. */
    public static String words(String capability) {
        return named(capability, (network, field) -> field.property + " of " + network);
    }

    private static String named(String capability, BiFunction<String, WiFiField, String> name) {
        for (String network : Networks.ALL) {
            for (WiFiField field : values()) {
                if (field.of(network).equals(capability)) {
                    return name.apply(network, field);
                }
            }
        }
        return capability;
    }

    /** What the value has to be. */
    Capability catalogued(String network) {
        return Catalogue.named(of(network)).orElseThrow();
    }
}

package org.homeward.registry.subscriber;

import java.util.Arrays;
import java.util.Locale;
import org.homeward.contracts.DeviceId;
import org.homeward.registry.inventory.MacAddresses;

/** By what a subscriber's device is recognised, in the form in which both sides are compared. */
public record Claim(Kind kind, String value) {

    private static final int LONGEST_CIRCUIT = 128;

    /** The kinds, the most specific first: where bindings of two subscribers fit a device, the first kind counts. */
    public enum Kind {
        /** The device id. */
        DEVICE,
        /** OUI and serial number, whatever the product class: {@code OUI-SerialNumber}. */
        SERIAL,
        /** A MAC address that the device reports as its own: twelve lower-case hexadecimal digits. */
        MAC,
        /** The line that it is on: what it reports as circuit id or provisioning code. May hold several devices. */
        CIRCUIT;

        /** The name in REST and database. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Kind of(String text) {
            return Arrays.stream(values())
                    .filter(kind -> kind.text().equals(text))
                    .findFirst()
                    .orElseThrow();
        }
    }

    public static Claim device(DeviceId device) {
        return new Claim(Kind.DEVICE, device.toString());
    }

    /** @throws IllegalArgumentException when one of them is empty or too long */
    public static Claim serial(String oui, String serialNumber) {
        return new Claim(Kind.SERIAL, new DeviceId(oui, "", serialNumber).toString());
    }

    /** @throws IllegalArgumentException when it is no MAC address */
    public static Claim mac(String address) {
        return new Claim(
                Kind.MAC,
                MacAddresses.normalized(address)
                        .orElseThrow(() -> new IllegalArgumentException("is not a MAC address of 12 digits")));
    }

    /** @throws IllegalArgumentException when it is empty, too long, or has control characters */
    public static Claim circuit(String circuit) {
        String stripped = circuit.strip();
        if (stripped.isEmpty()
                || stripped.length() > LONGEST_CIRCUIT
                || stripped.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("has 1 to " + LONGEST_CIRCUIT + " characters, none of them control");
        }
        return new Claim(Kind.CIRCUIT, stripped);
    }
}

package org.homeward.registry.inventory;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.homeward.contracts.device.DeviceEvent.Change;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.session.Authentication.Credential;
import org.homeward.registry.BoundedText;
import org.jspecify.annotations.Nullable;

/**
 * Facts of the inventory as a device reported them within a batch of events; the last word counts. What it did not say
 * is null. Texts are bounded: they stand in indexes, which hold no long ones.
 */
public final class Reported {

    private static final int MAX_TEXT = 256;

    /** Of ManagementServer.ConnectionRequestURL in TR-098 and TR-181; what is cut off is no address of anything. */
    private static final int MAX_URL = 256;

    private static final int MAX_ADDRESS = 64;

    /** What vendors call the id of the line that a device is on; the standard models have no parameter for it. */
    private static final Pattern CIRCUIT = Pattern.compile("(?i)[._](circuit_?id|agentcircuitid|line_?id|loid)$");

    private @Nullable String manufacturer;
    private @Nullable String softwareVersion;
    private @Nullable String hardwareVersion;
    private @Nullable String provisioningCode;
    private @Nullable String circuitId;
    private @Nullable String root;
    private @Nullable String connectionRequestUrl;
    private @Nullable String remoteAddress;
    private @Nullable String externalIp;
    private @Nullable Integer periodicInformSeconds;
    private boolean ownCredentials;
    private final Set<String> macs = new HashSet<>();
    private final Set<String> formerMacs = new HashSet<>();

    /** Who it said it is, and from where. */
    public void called(String fromManufacturer, String fromAddress) {
        manufacturer = text(fromManufacturer);
        if (fromAddress.length() <= MAX_ADDRESS) {
            remoteAddress = fromAddress;
        }
    }

    /** How it proved who it is. */
    public void proved(Credential credential) {
        ownCredentials |= switch (credential) {
            case DERIVED, EXPLICIT -> true;
            case NONE, FACTORY -> false;
        };
    }

    /** Takes what the inventory keeps from a reported value. */
    public void add(ParameterValue parameter) {
        if (parameter.sealed()) {
            return;
        }
        String path = parameter.path();
        String value = parameter.value();
        int dot = path.indexOf('.');
        if (dot > 0) {
            String top = path.substring(0, dot + 1);
            if (top.equals("Device.") || top.equals("InternetGatewayDevice.")) {
                root = top;
            }
            switch (path.substring(dot + 1)) {
                case "DeviceInfo.Manufacturer" -> manufacturer = text(value);
                case "DeviceInfo.SoftwareVersion" -> softwareVersion = text(value);
                case "DeviceInfo.HardwareVersion" -> hardwareVersion = text(value);
                case "DeviceInfo.ProvisioningCode" -> provisioningCode = text(value);
                case "ManagementServer.ConnectionRequestURL" -> {
                    if (value.length() <= MAX_URL) {
                        connectionRequestUrl = value;
                    }
                }
                case "ManagementServer.PeriodicInformInterval" -> periodicInformSeconds = seconds(value);
                default -> other(path, value);
            }
        }
    }

    private static String text(String value) {
        return BoundedText.of(value, MAX_TEXT);
    }

    private void other(String path, String value) {
        if (path.endsWith(".ExternalIPAddress")) {
            // a gateway has several WAN connections, most of them down
            if (!value.isEmpty() && !value.equals("0.0.0.0") && value.length() <= MAX_ADDRESS) {
                externalIp = value;
            }
        } else if (MacAddresses.isOwn(path)) {
            MacAddresses.normalized(value).ifPresent(macs::add);
        } else if (CIRCUIT.matcher(path).find()) {
            circuitId = text(value.strip());
        }
    }

    private static @Nullable Integer seconds(String value) {
        try {
            int seconds = Integer.parseInt(value.strip());
            return seconds > 0 ? seconds : null;
        } catch (NumberFormatException e) {
            // what the device says is not to be relied on: the default counts
            return null;
        }
    }

    /** Takes note of MAC addresses that were replaced. */
    public void changed(Change change) {
        String before = change.before();
        if (before != null && MacAddresses.isOwn(change.path())) {
            MacAddresses.normalized(before).ifPresent(formerMacs::add);
        }
    }

    /** Whether there is anything that the inventory could take. */
    public boolean isEmpty() {
        return manufacturer == null
                && softwareVersion == null
                && hardwareVersion == null
                && provisioningCode == null
                && circuitId == null
                && root == null
                && connectionRequestUrl == null
                && remoteAddress == null
                && externalIp == null
                && periodicInformSeconds == null
                && macs.isEmpty()
                && formerMacs.isEmpty()
                && !ownCredentials;
    }

    public @Nullable String manufacturer() {
        return manufacturer;
    }

    public @Nullable String softwareVersion() {
        return softwareVersion;
    }

    public @Nullable String hardwareVersion() {
        return hardwareVersion;
    }

    public @Nullable String provisioningCode() {
        return provisioningCode;
    }

    /** The id of the line that it is on, where its model tells. */
    public @Nullable String circuitId() {
        return circuitId;
    }

    public @Nullable String root() {
        return root;
    }

    public @Nullable String connectionRequestUrl() {
        return connectionRequestUrl;
    }

    public @Nullable String remoteAddress() {
        return remoteAddress;
    }

    public @Nullable String externalIp() {
        return externalIp;
    }

    public @Nullable Integer periodicInformSeconds() {
        return periodicInformSeconds;
    }

    /** Whether it proved credentials of its own. */
    public boolean ownCredentials() {
        return ownCredentials;
    }

    public Set<String> macs() {
        return macs;
    }

    /** Addresses that it had and that were not reported again. */
    public Set<String> formerMacs() {
        Set<String> gone = new HashSet<>(formerMacs);
        gone.removeAll(macs);
        return gone;
    }
}

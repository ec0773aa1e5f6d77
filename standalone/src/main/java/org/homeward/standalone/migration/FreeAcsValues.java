package org.homeward.standalone.migration;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.homeward.contracts.rpc.SensitivePaths;
import org.homeward.provisioning.profile.Paths;
import org.homeward.standalone.migration.FreeAcsExport.UnitType;

/** What becomes of a parameter that FreeACS sets. */
final class FreeAcsValues {

    /** Parameters that mean something to FreeACS and to no device. */
    static final String SYSTEM = "System.X_FREEACS-COM.";

    /** The password of a unit. */
    static final String SECRET = SYSTEM + "Secret";

    /** Where, and as whom, devices call: not to be brought along. */
    private static final Pattern MANAGEMENT =
            Pattern.compile("(Device|InternetGatewayDevice)\\.ManagementServer\\.\\w+");

    private static final String INTERVAL = "ManagementServer.PeriodicInformInterval";

    /** What FreeACS keeps of its own work and of the device: nothing that anybody wants. */
    private static final Set<String> PASSING = Set.of(
            "Comment",
            "Debug",
            "Device.GUIURL",
            "Device.PeriodicInterval",
            "Device.PublicIPAddress",
            "Device.PublicPort",
            "Device.PublicProtocol",
            "Device.SerialNumber",
            "Device.SoftwareVersion",
            "FirstConnectTms",
            "IM.Message",
            "Job.Current",
            "Job.CurrentKey",
            "Job.Disruptive",
            "Job.History",
            "LastConnectTms",
            "ProvisioningMode",
            "ProvisioningState",
            "Reset",
            "Restart",
            "Secret",
            "SecretScheme");

    private FreeAcsValues() {}

    /** Whether a device is to hold the parameter, as far as FreeACS is concerned. */
    static boolean isWanted(UnitType type, String parameter) {
        return type.writes(parameter) || isSystem(parameter) && !PASSING.contains(parameter.substring(SYSTEM.length()));
    }

    /** Why it can't be brought over; empty where it can. */
    static Optional<String> objection(UnitType type, String parameter, String value) {
        if (isSystem(parameter)) {
            return Optional.of(
                    parameter.endsWith(".DesiredSoftwareVersion")
                            ? "firmware is a campaign's matter"
                            : parameter.contains(".ServiceWindow.")
                                    ? "say when devices call by PeriodicInformInterval"
                                    : "is for FreeACS alone");
        }
        if (!Paths.isParameter(parameter)) {
            return Optional.of("not the path of one parameter");
        }
        if (MANAGEMENT.matcher(parameter).matches() && !parameter.endsWith(INTERVAL)) {
            return Optional.of("is about how devices call FreeACS; Homeward sees to that itself");
        }
        if (type.isConfidential(parameter) && !SensitivePaths.isSensitive(parameter)) {
            return Optional.of("is confidential in FreeACS, and no parameter that holds secrets here");
        }
        return value.isEmpty() ? Optional.of("is empty") : Optional.empty();
    }

    private static boolean isSystem(String parameter) {
        return parameter.startsWith(SYSTEM);
    }

    /** By which an attribute of a service is called: letters, digits, hyphens and low lines. */
    static String attribute(String parameter) {
        return parameter.replace('.', '_');
    }

    /** Whether the attribute's name would let it pass for a secret, or for none, where the parameter is not so. */
    static boolean isMisunderstood(String parameter) {
        return SensitivePaths.isSensitive(attribute(parameter)) != SensitivePaths.isSensitive(parameter);
    }
}

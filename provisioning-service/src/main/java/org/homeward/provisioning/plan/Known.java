package org.homeward.provisioning.plan;

import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.session.SessionEvent.InformReceived;

/**
 * What a device said of itself in its Informs, as far as plans and wake-ups need it. Empty texts: never said.
 *
 * @param informed whether it has ever called
 * @param root {@code Device.} or {@code InternetGatewayDevice.}
 * @param lastAddress the address it last called from, without port
 * @param connectionRequestUsername the user name that it keeps though we wrote another; empty where it took ours
 */
public record Known(
        boolean informed,
        String root,
        String softwareVersion,
        String connectionRequestUrl,
        String lastAddress,
        String connectionRequestUsername) {

    public static final Known NOTHING = new Known(false, "", "", "", "", "");

    @SuppressWarnings("ConstantValue") // ledgers that were written before this was kept lack it
    public Known {
        connectionRequestUsername = connectionRequestUsername == null ? "" : connectionRequestUsername;
    }

    private static final String TR_181 = "Device.";
    private static final String TR_098 = "InternetGatewayDevice.";

    /** What is known once this Inform is heard; what it leaves out stays. */
    Known after(InformReceived inform) {
        String newRoot = root;
        String version = softwareVersion;
        String url = connectionRequestUrl;
        for (ParameterValue parameter : inform.parameters()) {
            String path = parameter.path();
            if (path.startsWith(TR_181)) {
                newRoot = TR_181;
            } else if (path.startsWith(TR_098)) {
                newRoot = TR_098;
            } else {
                continue;
            }
            String rest = path.substring(newRoot.length());
            if (rest.equals("DeviceInfo.SoftwareVersion")) {
                version = parameter.value();
            } else if (rest.equals("ManagementServer.ConnectionRequestURL")) {
                url = parameter.value();
            }
        }
        return new Known(true, newRoot, version, url, inform.remoteAddress(), connectionRequestUsername);
    }

    Known withRoot(String newRoot) {
        return new Known(
                informed, newRoot, softwareVersion, connectionRequestUrl, lastAddress, connectionRequestUsername);
    }

    Known withConnectionRequestUsername(String kept) {
        return new Known(informed, root, softwareVersion, connectionRequestUrl, lastAddress, kept);
    }
}

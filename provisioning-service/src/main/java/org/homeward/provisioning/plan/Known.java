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
 * @param contacts what leads to it besides {@code connectionRequestUrl}, of which some is from the connectors
 */
public record Known(
        boolean informed,
        String root,
        String softwareVersion,
        String connectionRequestUrl,
        String lastAddress,
        String connectionRequestUsername,
        Contacts contacts) {

    public static final Known NOTHING = new Known(false, "", "", "", "", "", Contacts.NONE);

    @SuppressWarnings("ConstantValue") // ledgers that were written before these were kept lack them
    public Known {
        connectionRequestUsername = connectionRequestUsername == null ? "" : connectionRequestUsername;
        contacts = contacts == null || contacts.equals(Contacts.NONE) ? Contacts.NONE : contacts;
    }

    private static final String TR_181 = "Device.";
    private static final String TR_098 = "InternetGatewayDevice.";

    /** What is known once this Inform is heard; what it leaves out stays. */
    Known after(InformReceived inform) {
        String newRoot = root;
        String version = softwareVersion;
        String url = connectionRequestUrl;
        String udpAddress = contacts.udpAddress();
        String jabberId = contacts.jabberId();
        for (ParameterValue parameter : inform.parameters()) {
            String path = parameter.path();
            if (path.startsWith(TR_181)) {
                newRoot = TR_181;
            } else if (path.startsWith(TR_098)) {
                newRoot = TR_098;
            } else {
                continue;
            }
            switch (path.substring(newRoot.length())) {
                case "DeviceInfo.SoftwareVersion" -> version = parameter.value();
                case "ManagementServer.ConnectionRequestURL" -> url = parameter.value();
                case "ManagementServer.UDPConnectionRequestAddress" -> udpAddress = parameter.value();
                case "ManagementServer.ConnReqJabberID" -> jabberId = parameter.value();
                default -> {}
            }
        }
        return new Known(
                true,
                newRoot,
                version,
                url,
                inform.remoteAddress(),
                connectionRequestUsername,
                contacts.saying(udpAddress, jabberId));
    }

    /** What does not come from the device: an earlier life of the box said the rest, and it does not hold any more. */
    Known forgotten() {
        return NOTHING.with(contacts.saying("", ""));
    }

    Known with(Contacts next) {
        return new Known(
                informed, root, softwareVersion, connectionRequestUrl, lastAddress, connectionRequestUsername, next);
    }

    Known withRoot(String newRoot) {
        return new Known(
                informed,
                newRoot,
                softwareVersion,
                connectionRequestUrl,
                lastAddress,
                connectionRequestUsername,
                contacts);
    }

    Known withConnectionRequestUsername(String kept) {
        return new Known(informed, root, softwareVersion, connectionRequestUrl, lastAddress, kept, contacts);
    }
}

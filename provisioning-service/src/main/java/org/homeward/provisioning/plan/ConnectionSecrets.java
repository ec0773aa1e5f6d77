package org.homeward.provisioning.plan;

import java.util.Optional;
import org.homeward.contracts.DeviceKey;
import org.homeward.provisioning.reconcile.Secrecy;

/** Each device's secrets, sealed: whoever must use one opens it. The same secret for the same device, always. */
public interface ConnectionSecrets extends Secrecy {

    /** With which we authenticate towards the CPE. */
    String sealedConnectionRequestPassword(DeviceKey device);

    /** With which the CPE authenticates towards us. */
    String sealedAcsPassword(DeviceKey device);

    /** The user name of both, at most 256 characters; TR-069 3.4.4 recommends the device id. */
    String username(DeviceKey device);

    /** Under which the device keeps its binding open; empty where its id is too long for one. */
    Optional<String> stunUsername(DeviceKey device);

    String sealedStunPassword(DeviceKey device);

    /** The name of the device's account at the XMPP server, before its domain. */
    String xmppLocalpart(DeviceKey device);

    String sealedXmppPassword(DeviceKey device);
}

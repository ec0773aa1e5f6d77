package org.homeward.kit.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.homeward.contracts.DeviceId;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.TenantId;

/**
 * Secrets of devices that nobody has to store: HMAC-SHA-256 of the fleet secret, what the secret is for, and tenant and
 * device. 26 characters of base32, 130 bits. Thread-safe.
 */
public final class DeviceSecrets {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final String FILLING = "~~~";
    private static final int LENGTH = 26;
    private static final int SHORTEST_SECRET = 32;

    private final SecretKeySpec fleet;

    /** @throws IllegalArgumentException for a secret of less than 32 characters; the message never holds it */
    public DeviceSecrets(String fleetSecret) {
        if (fleetSecret.strip().length() < SHORTEST_SECRET) {
            throw new IllegalArgumentException(
                    "homeward.secrets.fleet has fewer than 32 characters: openssl rand -base64 32");
        }
        this.fleet = new SecretKeySpec(fleetSecret.strip().getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    }

    /** The user name of a device in both directions: its device id, at most 256 characters as TR-069 allows. */
    public String username(DeviceKey device) {
        String id = device.device().toString();
        return id.length() > 256 ? id.substring(0, 256) : id;
    }

    /** What the CPE signs in to the ACS with (ManagementServer.Password). */
    public String acsPassword(DeviceKey device) {
        return derive("acs", device);
    }

    /** What the ACS signs in to the CPE with (ManagementServer.ConnectionRequestPassword). */
    public String connectionRequestPassword(DeviceKey device) {
        return derive("connection-request", device);
    }

    /**
     * The user name under which a device keeps its binding open (ManagementServer.STUNUsername): its device id, before
     * it the tenant unless that is the default one, and filled up to a multiple of four characters, as RFC 3489 11.2.6
     * wants it and CPEs do not do by themselves.
     *
     * @throws IllegalArgumentException when that is longer than the 256 characters that TR-069 allows
     */
    public String stunUsername(DeviceKey device) {
        String name = device.tenant().equals(TenantId.DEFAULT) ? device.device().toString() : device.toString();
        if (name.length() > 256) {
            throw new IllegalArgumentException("the device's id is too long for a STUN user name");
        }
        return name + FILLING.substring(0, -name.length() & 3);
    }

    /** Whose STUN user name that is; empty for a name that none of ours can be. */
    public static Optional<DeviceKey> deviceOfStunUsername(String username) {
        int end = username.length();
        while (end > 0 && (username.charAt(end - 1) == '~' || username.charAt(end - 1) == ' ')) {
            end--;
        }
        String name = username.substring(0, end);
        try {
            return Optional.of(
                    name.indexOf('/') < 0
                            ? new DeviceKey(TenantId.DEFAULT, DeviceId.parse(name))
                            : DeviceKey.parse(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What the device signs its binding requests with (ManagementServer.STUNPassword). */
    public String stunPassword(DeviceKey device) {
        return derive("stun", device);
    }

    /**
     * The name of the device's account at the XMPP server, before its domain. It tells nothing of the device, for
     * localparts fold case (RFC 7622 3.3) and bear fewer characters than device ids do.
     */
    public String xmppLocalpart(DeviceKey device) {
        return "cpe-" + derive("xmpp-localpart", device).toLowerCase(Locale.ROOT);
    }

    /** What the device signs in to the XMPP server with (XMPP.Connection.{i}.Password). */
    public String xmppPassword(DeviceKey device) {
        return derive("xmpp", device);
    }

    /** By which a secret can be recognised again, and from which nothing is learnt of it. */
    public String fingerprint(String secret) {
        return derive("fingerprint", secret);
    }

    private String derive(String purpose, DeviceKey device) {
        return derive(purpose, device.toString());
    }

    private String derive(String purpose, String of) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(fleet);
            return base32(mac.doFinal((purpose + '\n' + of).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM can't do HmacSHA256", e);
        }
    }

    private static String base32(byte[] bytes) {
        StringBuilder text = new StringBuilder(LENGTH);
        int buffer = 0;
        int bits = 0;
        for (int i = 0; text.length() < LENGTH; ) {
            if (bits < 5) {
                buffer = buffer << 8 | bytes[i++] & 0xff;
                bits += 8;
            }
            bits -= 5;
            text.append(ALPHABET.charAt(buffer >> bits & 31));
            buffer &= (1 << bits) - 1;
        }
        return text.toString();
    }
}

package org.homeward.gateway.session;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.device.DeviceFacts;

/**
 * The little that a gateway must know of every device before it speaks, followed from Kafka and kept in memory: who has
 * proven credentials of its own, and whose sessions are traced. Of a device no more than 64 bits are kept, since there
 * may be millions.
 */
public final class KnownDevices {

    private final Predicate<DeviceKey> registered;
    private final Set<Long> proven = ConcurrentHashMap.newKeySet();
    private final Set<Long> traced = ConcurrentHashMap.newKeySet();

    /** @param registered whether an operator registered credentials for a device */
    public KnownDevices(Predicate<DeviceKey> registered) {
        this.registered = registered;
    }

    /** The latest facts of a device. */
    public void learned(DeviceKey device, DeviceFacts facts) {
        Long print = fingerprint(device);
        put(proven, print, facts.ownCredentials());
        put(traced, print, facts.trace());
    }

    /** The device was deleted: it begins anew. */
    public void forgotten(DeviceKey device) {
        Long print = fingerprint(device);
        proven.remove(print);
        traced.remove(print);
    }

    /** Whether full transcripts of all its sessions are wanted. */
    public boolean isTraced(DeviceKey device) {
        return !traced.isEmpty() && traced.contains(fingerprint(device));
    }

    /**
     * Whether it may come with the credentials that fresh boxes share: until it has proven its own, for its first
     * session may be cut short; after a factory reset again; never where an operator registered some.
     *
     * @param bootstrap whether its Inform has {@code 0 BOOTSTRAP}
     */
    public boolean mayBeFresh(DeviceKey device, boolean bootstrap) {
        return !registered.test(device) && (bootstrap || !proven.contains(fingerprint(device)));
    }

    private static void put(Set<Long> set, Long print, boolean member) {
        if (member) {
            set.add(print);
        } else {
            set.remove(print);
        }
    }

    /** Nobody can choose a name that has another's: it takes 2^64 tries. */
    private static Long fingerprint(DeviceKey device) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(device.toString().getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(hash).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}

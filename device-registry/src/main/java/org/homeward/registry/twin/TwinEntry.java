package org.homeward.registry.twin;

import org.homeward.contracts.rpc.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one parameter, or of one object (its path ends in a dot).
 *
 * @param value null for an object, a secret, and a parameter that was named but not read yet
 * @param secret whether the value is a secret, which the twin does not hold
 * @param late whether it was named after the device was first discovered, and its value is still to come
 * @param seen when the device last said so, in milliseconds of the epoch
 */
public record TwinEntry(
        String path, @Nullable String value, ValueType type, Access access, boolean secret, boolean late, long seen) {

    /** What GetParameterNames said about writing (TR-069 A.3.2.3); for objects, about adding and deleting. */
    public enum Access {
        UNKNOWN,
        READ_ONLY,
        WRITABLE;

        static Access of(boolean writable) {
            return writable ? WRITABLE : READ_ONLY;
        }
    }

    public boolean isObject() {
        return path.endsWith(".");
    }

    TwinEntry withAccess(Access newAccess) {
        return new TwinEntry(path, value, type, newAccess, secret, late, seen);
    }

    TwinEntry seenAt(long time) {
        return new TwinEntry(path, value, type, access, secret, late, time);
    }

    @Override
    public String toString() {
        return path + '=' + (secret ? "(secret)" : value);
    }
}

package org.homeward.gateway.auth;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The highest {@code nc} seen with each nonce (RFC 7616 3.4), of the nonces used last: who shows a lower one or the same
 * again has it from somebody else, or does not count. Bounded; what falls out was used so many sign-ins ago that
 * its nonce is hardly of use away from its connection any more.
 */
final class NonceCounts {

    /** A minute of a thousand sign-ins a second; about 10 MB. */
    private static final int MOST = 65_536;

    private final Map<String, Long> highest;

    NonceCounts() {
        this(MOST);
    }

    NonceCounts(int most) {
        this.highest = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
                return size() > most;
            }
        };
    }

    /**
     * Remembers a use of the nonce.
     *
     * @param count {@code nc} as sent: hexadecimal; what is no number counts as 0
     * @return whether it is higher than any before
     */
    synchronized boolean rises(String nonce, String count) {
        long now = number(count);
        Long before = highest.get(nonce);
        if (before != null && now <= before) {
            return false;
        }
        highest.put(nonce, now);
        return true;
    }

    private static long number(String count) {
        try {
            return Long.parseLong(count, 16);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}

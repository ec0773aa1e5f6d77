package org.homeward.standalone.drill.account;

import java.util.Locale;

/** How a POST of a CPE was answered. */
public enum Answer {
    /** By an envelope, or by 204. */
    SERVED,
    /** 503: come back later. */
    BUSY,
    /** By an envelope with a fault. */
    FAULT,
    /** 401 for credentials that are good. */
    UNAUTHORIZED,
    /** 400: the session is not known, as when its gateway has died and another one is asked. */
    SESSION_GONE,
    /** By another status. */
    STRANGE,
    /** The connection was refused, reset or closed before an answer began. */
    NOBODY,
    /** Not within the CPE's patience. */
    SILENCE,
    /** By something that broke off or cannot be read. */
    HALF;

    /** Whether a CPE can go on from there as the standard says. */
    public boolean isClean() {
        return switch (this) {
            case SERVED, BUSY, FAULT -> true;
            case UNAUTHORIZED, SESSION_GONE, STRANGE, NOBODY, SILENCE, HALF -> false;
        };
    }

    /**
     * Reads it off an exchange.
     *
     * @param status 0 when none came
     * @param fault the CWMP fault that came, 0 for none
     * @param failure why the session ended with this exchange; empty if it went on
     */
    public static Answer of(int status, int fault, String failure) {
        if (status == 0) {
            return ofConnection(failure.toLowerCase(Locale.ROOT));
        }
        if (status == 503) {
            return BUSY;
        }
        if (status == 401) {
            return UNAUTHORIZED;
        }
        if (status == 400) {
            return SESSION_GONE;
        }
        if (status != 200 && status != 204) {
            return STRANGE;
        }
        if (failure.startsWith("unreadable")) {
            return HALF;
        }
        return fault == 0 ? SERVED : FAULT;
    }

    private static Answer ofConnection(String failure) {
        if (failure.contains("timeout") || failure.contains("timed out")) {
            return SILENCE;
        }
        return failure.contains("before a reply")
                        || failure.contains("socketexception")
                        || failure.contains("connectexception")
                        || failure.contains("closedbeforereply")
                ? NOBODY
                : HALF;
    }
}

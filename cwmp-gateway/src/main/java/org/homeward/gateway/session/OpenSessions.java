package org.homeward.gateway.session;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.SessionId;
import org.homeward.contracts.session.Authentication;
import org.homeward.contracts.session.SessionEvent.SessionClosed.Reason;
import org.homeward.gateway.auth.Principal;
import org.homeward.gateway.session.SessionMeters.Oddity;
import org.jspecify.annotations.Nullable;

/** Which sessions are open, and to which of them a POST belongs. One for each device: the newest. */
final class OpenSessions {

    private final Map<String, CpeSession> byCookie = new ConcurrentHashMap<>();
    private final Map<SessionId, CpeSession> byId = new ConcurrentHashMap<>();
    private final Map<DeviceKey, CpeSession> byDevice = new ConcurrentHashMap<>();
    private final SessionMeters meters;

    OpenSessions(SessionMeters meters) {
        this.meters = meters;
    }

    /** Takes in a session; an older one of the device ends. */
    void add(CpeSession session, CpeConnection connection) {
        Opening opening = session.opening();
        CpeSession older = byDevice.put(opening.key(), session);
        if (older != null) {
            older.end(new Ending(Reason.SUPERSEDED, "the device began a newer session"));
        }
        byId.put(opening.id(), session);
        byCookie.put(opening.cookie(), session);
        connection.carries(session);
        meters.started();
    }

    void remove(CpeSession session) {
        Opening opening = session.opening();
        byId.remove(opening.id());
        byCookie.remove(opening.cookie());
        byDevice.remove(opening.key(), session);
    }

    int count() {
        return byId.size();
    }

    List<CpeSession> all() {
        return List.copyOf(byId.values());
    }

    @Nullable
    CpeSession of(SessionId id) {
        return byId.get(id);
    }

    /** By the cookie; by the connection only for a CPE that has never returned one. */
    @Nullable
    CpeSession of(CpeCall call) {
        String cookie = call.cookie();
        CpeSession session = cookie == null ? call.connection().session() : byCookie.get(cookie);
        if (session == null || session.isEnded()) {
            return null;
        }
        if (cookie == null && session.hasReturnedCookie()) {
            // it knows how to return cookies: this is somebody else behind the same proxy
            return null;
        }
        if (!isItsOwn(call, session.opening())) {
            meters.oddity(Oddity.FOREIGN_COOKIE);
            return null;
        }
        if (cookie != null) {
            session.cookieReturned();
            call.connection().carries(session);
        }
        return session;
    }

    /** A cookie that leaked must not open a session to others: credentials or at least the address must be the same. */
    private static boolean isItsOwn(CpeCall call, Opening opening) {
        Principal principal = call.principal();
        if (principal != null && !principal.isSameAs(opening.principal())) {
            return false;
        }
        boolean proven = principal != null && principal.authentication().scheme() != Authentication.Scheme.NONE;
        return opening.key().tenant().equals(call.tenant())
                && (proven || opening.remoteAddress().equals(call.remoteAddress()));
    }
}

package org.homeward.gateway.session;

import org.jspecify.annotations.Nullable;

/** A reply with the cookie that goes along. @param cookie of a session that begins; null otherwise */
public record Answer(Reply reply, @Nullable String cookie) {

    static Answer of(Reply reply) {
        return new Answer(reply, null);
    }
}

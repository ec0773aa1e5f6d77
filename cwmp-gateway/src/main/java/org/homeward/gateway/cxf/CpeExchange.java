package org.homeward.gateway.cxf;

import org.homeward.gateway.session.Answer;
import org.homeward.gateway.session.CpeCall;

/** One POST of a CPE and the response that it waits for; what CXF sees of HTTP. */
public interface CpeExchange {

    CpeCall call();

    /** As it came, content encoding undone; empty for none. */
    byte[] body();

    /**
     * Answers; once.
     *
     * @param envelope the bytes of the reply's envelope, empty for a reply without
     */
    void respond(Answer answer, byte[] envelope);

    /** Something broke on our side: HTTP 500. */
    void fail(Throwable failure);
}

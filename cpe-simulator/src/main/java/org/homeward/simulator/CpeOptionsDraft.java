package org.homeward.simulator;

import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.homeward.simulator.diagnostic.Air;
import org.jspecify.annotations.Nullable;

/** {@link CpeOptions} while they are being put together. */
final class CpeOptionsDraft {
    boolean cookies;
    boolean connectionPerRequest;
    boolean chunkedRequests;
    boolean gzipRequests;
    boolean asksRpcMethods;
    int responseCap;
    CpeOptions.DuringSession duringSession;
    Duration bootTime;
    double retryScale;
    Duration timeout;
    String cwmpNamespace;
    Duration periodicInform;
    boolean keepsBodies;

    @Nullable
    SSLContext tls;

    Pace pace;
    Duration slowRequest;
    int bootLoops;
    Duration connectionRequestGap;
    Air air;

    CpeOptionsDraft(CpeOptions from) {
        cookies = from.cookies();
        connectionPerRequest = from.connectionPerRequest();
        chunkedRequests = from.chunkedRequests();
        gzipRequests = from.gzipRequests();
        asksRpcMethods = from.asksRpcMethods();
        responseCap = from.responseCap();
        duringSession = from.duringSession();
        bootTime = from.bootTime();
        retryScale = from.retryScale();
        timeout = from.timeout();
        cwmpNamespace = from.cwmpNamespace();
        periodicInform = from.periodicInform();
        keepsBodies = from.keepsBodies();
        tls = from.tls();
        pace = from.pace();
        slowRequest = from.slowRequest();
        bootLoops = from.bootLoops();
        connectionRequestGap = from.connectionRequestGap();
        air = from.air();
    }

    CpeOptions toOptions() {
        return new CpeOptions(
                cookies,
                connectionPerRequest,
                chunkedRequests,
                gzipRequests,
                asksRpcMethods,
                responseCap,
                duringSession,
                bootTime,
                retryScale,
                timeout,
                cwmpNamespace,
                periodicInform,
                keepsBodies,
                tls,
                pace,
                slowRequest,
                bootLoops,
                connectionRequestGap,
                air);
    }
}

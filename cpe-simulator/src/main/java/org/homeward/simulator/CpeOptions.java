package org.homeward.simulator;

import java.time.Clock;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.homeward.simulator.diagnostic.Air;
import org.jspecify.annotations.Nullable;

/**
 * How a CPE behaves; one object serves a whole fleet.
 *
 * @param cookies whether cookies are returned; some real stacks do not
 * @param connectionPerRequest a new TCP connection for each request rather than one per session
 * @param chunkedRequests bodies in chunks without a Content-Length
 * @param gzipRequests bodies compressed
 * @param asksRpcMethods calls GetRPCMethods on the ACS in every session
 * @param responseCap parameters in one GetParameterValues answer before fault 9004; 0 for no limit
 * @param duringSession what happens to a connection request that comes in the middle of a session
 * @param bootTime how long the device is away when it reboots
 * @param retryScale factor on the waiting times of TR-069 3.2.1.1; 0 for no retry at all
 * @param timeout for connecting and for each answer of the ACS
 * @param cwmpNamespace of the messages the CPE starts
 * @param periodicInform factory value of PeriodicInformInterval
 * @param keepsBodies keep the XML of every message in the session reports
 * @param slowRequest how long a slow CPE takes to send one request
 * @param bootLoops how often a CPE that boots in a loop does so before new firmware holds
 * @param connectionRequestGap time after a connection request in which further ones get HTTP 503; zero for no limit
 * @param air what Wi-Fi networks a device hears when it listens
 * @param pace how fast the CPE's time goes by
 */
public record CpeOptions(
        boolean cookies,
        boolean connectionPerRequest,
        boolean chunkedRequests,
        boolean gzipRequests,
        boolean asksRpcMethods,
        int responseCap,
        DuringSession duringSession,
        Duration bootTime,
        double retryScale,
        Duration timeout,
        String cwmpNamespace,
        Duration periodicInform,
        boolean keepsBodies,
        @Nullable SSLContext tls,
        Pace pace,
        Duration slowRequest,
        int bootLoops,
        Duration connectionRequestGap,
        Air air) {

    /** What the CPE takes for the time. */
    public Clock clock() {
        return pace.clock();
    }

    /** The two answers that TR-069 3.2.2 allows to a connection request during a session. */
    public enum DuringSession {
        /** HTTP 503. */
        REJECT,
        /** Accepted; exactly one session follows the running one. */
        SERVE_AFTER
    }

    /** A well-behaved CPE. */
    public static CpeOptions defaults() {
        return new CpeOptions(
                true,
                false,
                false,
                false,
                false,
                0,
                DuringSession.SERVE_AFTER,
                Duration.ofMillis(500),
                1,
                Duration.ofSeconds(30),
                "urn:dslforum-org:cwmp-1-2",
                Duration.ofDays(1),
                false,
                null,
                Pace.real(),
                Duration.ofSeconds(1),
                3,
                Duration.ZERO,
                Air.byChance());
    }
}

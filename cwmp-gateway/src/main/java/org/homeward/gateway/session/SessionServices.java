package org.homeward.gateway.session;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import org.homeward.contracts.rpc.Rpc;
import org.homeward.gateway.soap.EnvelopeHead;
import org.homeward.gateway.soap.EnvelopeWriter;
import org.homeward.gateway.soap.Rendering;
import org.homeward.kit.security.FieldCipher;

/**
 * What every session needs from around it.
 *
 * @param mask takes the secrets out of an envelope
 * @param aside does what no CPE should wait for
 * @param planTimeout how long a CPE is held for a plan
 */
record SessionServices(
        SessionLog log,
        EnvelopeWriter writer,
        Sealing sealing,
        UnaryOperator<String> mask,
        Executor aside,
        SessionMeters meters,
        PlanLag lag,
        Clock clock,
        Duration planTimeout) {

    /** Writes an RPC; a secret in it that can't be opened is a reason not to send it. */
    Rendering render(EnvelopeHead head, Rpc rpc) {
        try {
            return writer.request(head, rpc);
        } catch (FieldCipher.UnreadableSecret e) {
            return new Rendering.Refused(String.valueOf(e.getMessage()));
        }
    }

    Instant now() {
        return clock.instant();
    }
}

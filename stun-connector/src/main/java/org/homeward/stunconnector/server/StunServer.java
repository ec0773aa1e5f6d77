package org.homeward.stunconnector.server;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.homeward.stunconnector.binding.Bindings;
import org.homeward.stunconnector.codec.Attribute;
import org.homeward.stunconnector.codec.Attribute.Of;
import org.homeward.stunconnector.codec.Integrity;
import org.homeward.stunconnector.codec.Reading;
import org.homeward.stunconnector.codec.StunMessage;
import org.homeward.stunconnector.codec.StunReader;
import org.homeward.stunconnector.codec.StunWriter;
import org.homeward.stunconnector.server.Answer.Kind;
import org.homeward.stunconnector.server.Answer.Reply;
import org.homeward.stunconnector.server.Answer.Silence;

/**
 * The STUN server of TR-069 Annex G: RFC 3489 Binding Requests, those of RFC 5389 clients as well, and the two
 * attributes by which a CPE says that it listens for connection requests where it asks from.
 *
 * <p>It is of no use to whoever wants to flood a third party: an answer goes to the address that the question came from
 * and to no other, it is no longer than the question unless a device has proved to be at that address, and of everything
 * that nobody signed only so much a second is answered. For one thread.
 */
public final class StunServer {

    /** Where a datagram came in. */
    public record Arrival(
            InetSocketAddress from, InetSocketAddress here, InetSocketAddress alternate, boolean primary) {}

    private final ServerRules rules;
    private final Credentials credentials;
    private final Bindings bindings;
    private final RateLimit limit;
    private final ProvenAddresses proven;

    public StunServer(
            ServerRules rules, Credentials credentials, Bindings bindings, RateLimit limit, ProvenAddresses proven) {
        this.rules = rules;
        this.credentials = credentials;
        this.bindings = bindings;
        this.limit = limit;
        this.proven = proven;
    }

    /** Decides on one datagram, and remembers the binding if it proves one. */
    public Answer answer(byte[] datagram, Arrival arrival) {
        return switch (StunReader.read(datagram)) {
            case Reading.Read(StunMessage message)
            when message.type() == StunMessage.BINDING_REQUEST -> answer(message, datagram.length, arrival);
            case Reading.Read other -> new Silence(Kind.IGNORED);
            case Reading.NotStun notStun -> new Silence(Kind.IGNORED);
            case Reading.Malformed malformed -> new Silence(Kind.IGNORED);
        };
    }

    private Answer answer(StunMessage question, int length, Arrival arrival) {
        List<Integer> unknown = question.all(Attribute.Unknown.class)
                .filter(Attribute.Unknown::mustBeUnderstood)
                .map(Attribute.Unknown::type)
                .toList();
        if (!unknown.isEmpty()) {
            return noLonger(length, arrival, error(question, arrival, Kind.NOT_UNDERSTOOD, 420, "", unknown));
        }
        if (question.first(Attribute.Fingerprint.class)
                .filter(print -> !print.correct())
                .isPresent()) {
            return new Silence(Kind.IGNORED);
        }
        if (question.has(Attribute.ConnectionRequestBinding.class)) {
            return ofDevice(question, length, arrival);
        }
        return plain(question, length, arrival);
    }

    private Answer ofDevice(StunMessage question, int length, Arrival arrival) {
        Optional<Credentials.Known> known =
                question.first(Attribute.Username.class).flatMap(username -> credentials.of(username.value()));
        if (known.isEmpty()) {
            // Also for a name that nobody has: the answer is not to tell who exists.
            return rules.requireIntegrity() ? challenge(question, arrival) : plain(question, length, arrival);
        }
        String password = known.get().password();
        Optional<Integrity> signed = Integrity.of(question, password);
        if (signed.isEmpty()) {
            if (question.has(Attribute.MessageIntegrity.class)) {
                // RFC 3489 has a number of its own for it, RFC 5389 has not.
                return limited(
                        arrival,
                        error(question, arrival, Kind.REFUSED, question.hasMagicCookie() ? 401 : 431, "", List.of()));
            }
            if (rules.requireIntegrity()) {
                return challenge(question, arrival);
            }
        }
        if (signed.isPresent()) {
            proven.add(arrival.from().getAddress());
        }
        if (arrival.primary()) {
            // Connection requests leave from the primary port: a binding to the other is of no use to them.
            bindings.heard(known.get().device(), arrival.from());
        }
        StunWriter answer = addresses(question, arrival, changesPort(question), true);
        signed.ifPresent(way -> answer.integrity(way, password));
        return reply(question, arrival, Kind.BOUND, answer);
    }

    private Answer challenge(StunMessage question, Arrival arrival) {
        return limited(arrival, error(question, arrival, Kind.CHALLENGED, 401, "Unauthorized", List.of()));
    }

    private Answer plain(StunMessage question, int length, Arrival arrival) {
        if (question.first(Attribute.ChangeRequest.class)
                .filter(Attribute.ChangeRequest::address)
                .isPresent()) {
            // We have one address. From it, an answer would tell that the NAT lets anybody in; none tells the truth.
            return new Silence(Kind.IGNORED);
        }
        return noLonger(
                length,
                arrival,
                reply(
                        question,
                        arrival,
                        Kind.PLAIN,
                        addresses(question, arrival, changesPort(question), !question.hasMagicCookie())));
    }

    /**
     * Not answered where the answer would be longer than what asked for it, for who asked may have forged whose address
     * that is. Where a device has signed something lately, the address is not forged: so a CPE's test of its binding
     * (RFC 3489 10.2), which nobody signs, is answered.
     */
    private Answer noLonger(int length, Arrival arrival, Reply reply) {
        return rules.answerPlain()
                        || reply.bytes().length <= length
                        || proven.contains(arrival.from().getAddress())
                ? limited(arrival, reply)
                : new Silence(Kind.TOO_SHORT);
    }

    private static boolean changesPort(StunMessage question) {
        return question.first(Attribute.ChangeRequest.class)
                .filter(Attribute.ChangeRequest::port)
                .isPresent();
    }

    /** @param classic whether those of RFC 3489 are in it: a CPE wants all three, whatever its library says of itself */
    private static StunWriter addresses(StunMessage question, Arrival arrival, boolean fromAlternate, boolean classic) {
        StunWriter answer = StunWriter.message(StunMessage.BINDING_RESPONSE, question.transaction());
        if (classic) {
            answer.address(Of.MAPPED, arrival.from())
                    .address(Of.SOURCE, fromAlternate ? arrival.alternate() : arrival.here())
                    .address(Of.CHANGED, arrival.alternate());
        }
        if (question.hasMagicCookie()) {
            answer.address(Of.XOR_MAPPED, arrival.from());
        }
        if (otherPort(question, arrival).isPresent()) {
            answer.address(Of.REFLECTED_FROM, arrival.from());
        }
        return answer;
    }

    private static Reply error(
            StunMessage question, Arrival arrival, Kind kind, int code, String reason, List<Integer> unknown) {
        StunWriter answer = StunWriter.message(StunMessage.BINDING_ERROR, question.transaction())
                .error(code, reason);
        if (!unknown.isEmpty()) {
            answer.unknownAttributes(unknown);
        }
        return new Reply(kind, answer.bytes(), arrival.from(), false);
    }

    private static Reply reply(StunMessage question, Arrival arrival, Kind kind, StunWriter answer) {
        byte[] bytes =
                question.has(Attribute.Fingerprint.class) ? answer.fingerprint().bytes() : answer.bytes();
        return new Reply(kind, bytes, otherPort(question, arrival).orElse(arrival.from()), changesPort(question));
    }

    /**
     * Where RESPONSE-ADDRESS wants the answer, if that is another port of the very host that asks: so a CPE finds out,
     * from a second port, whether the binding of its first is still open (RFC 3489 10.2). To another host nothing is
     * ever sent.
     */
    private static Optional<InetSocketAddress> otherPort(StunMessage question, Arrival arrival) {
        return question.address(Of.RESPONSE)
                .filter(wanted -> wanted.getPort() != 0
                        && wanted.getAddress().equals(arrival.from().getAddress()));
    }

    private Answer limited(Arrival arrival, Answer answer) {
        return limit.allows(arrival.from().getAddress()) ? answer : new Silence(Kind.LIMITED);
    }
}

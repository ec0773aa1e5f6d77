package org.homeward.simulator;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.homeward.simulator.Outbox.OwnRequest;
import org.homeward.simulator.behaviour.Misbehaviour;
import org.homeward.simulator.behaviour.OddXml;
import org.homeward.simulator.http.HttpReply;
import org.homeward.simulator.soap.CwmpFault;
import org.homeward.simulator.soap.Envelope;
import org.homeward.simulator.soap.MalformedEnvelopeException;
import org.jspecify.annotations.Nullable;

/**
 * One session from the CPE's side (TR-069 3.7.1.4), top to bottom on one virtual thread.
 *
 * <pre>
 * Inform -> InformResponse -> our requests -> empty POST -> the ACS's requests -> empty answer
 * </pre>
 */
final class CpeSession {
    private static final int MAX_INFORM_RETRIES = 3;

    /** The session cannot go on. */
    private static final class Failed extends Exception {
        private static final long serialVersionUID = 1L;

        Failed(String why) {
            super(why);
        }
    }

    private final SimulatedCpe cpe;
    private final CpeOptions options;
    private final AcsLink link;
    private final RpcAnswers answers;
    private final List<CpeEvent> events;
    private final List<SessionReport.Exchange> exchanges = new ArrayList<>();
    private long began;
    private final RandomGenerator random;
    private boolean hold;

    CpeSession(SimulatedCpe cpe, AcsLink link, RpcAnswers answers, List<CpeEvent> events, RandomGenerator random) {
        this.cpe = cpe;
        this.options = cpe.options();
        this.link = link;
        this.answers = answers;
        this.events = events;
        this.random = random;
    }

    SessionReport run(String inform, List<OwnRequest> ownRequests, Runnable onInformConfirmed) {
        began = System.nanoTime();
        Instant start = options.clock().instant();
        @Nullable String failure = null;
        try (link) {
            if (cpe.does(Misbehaviour.EMPTY_POSTS)) {
                postNothing();
            }
            inform(inform);
            if (cpe.does(Misbehaviour.DOUBLED_INFORM)) {
                inform(inform);
            }
            onInformConfirmed.run();
            converse(new ArrayDeque<>(ownRequests));
        } catch (Failed e) {
            failure = e.getMessage();
        } catch (MalformedEnvelopeException e) {
            failure = "unreadable answer: " + e.getMessage();
        } catch (IOException e) {
            failure = e.getClass().getSimpleName() + ": " + e.getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failure = "interrupted";
        }
        Duration duration = Duration.ofNanos(System.nanoTime() - began);
        List<String> codes = events.stream().map(CpeEvent::code).toList();
        return new SessionReport(cpe.identity(), start, duration, codes, exchanges, failure);
    }

    private void inform(String body) throws Failed, IOException, MalformedEnvelopeException {
        for (int attempt = 0; attempt <= MAX_INFORM_RETRIES; attempt++) {
            Envelope response = request("Inform", body, cpe.nextId())
                    .orElseThrow(() -> new Failed("no InformResponse, the answer was empty"));
            Optional<CwmpFault> fault = response.fault();
            if (fault.isEmpty()) {
                expect("InformResponse", response);
                return;
            }
            // 8005 asks for the same request again in the same session (TR-069 A.5.2).
            if (fault.get().code() != 8005) {
                throw new Failed("Inform refused with fault " + fault.get().code());
            }
        }
        throw new Failed("Inform refused with fault 8005 again and again");
    }

    private void converse(Deque<OwnRequest> own)
            throws Failed, IOException, MalformedEnvelopeException, InterruptedException {
        boolean emptySent = false;
        Optional<Envelope> received = Optional.empty();
        while (true) {
            if (received.isPresent()) {
                received = serve(received.get());
                if (received.isEmpty()) {
                    hold = false;
                }
            } else if (!hold && !emptySent && !own.isEmpty()) {
                send(own.removeFirst());
            } else if (emptySent) {
                return;
            } else {
                emptySent = !hold;
                received = exchange("", 0, "");
                if (received.isEmpty()) {
                    hold = false;
                }
            }
        }
    }

    private void send(OwnRequest request) throws Failed, IOException, MalformedEnvelopeException {
        Envelope response = request(request.method(), request.body(), cpe.nextId())
                .orElseThrow(() -> new Failed("empty answer to " + request.method()));
        Optional<CwmpFault> fault = response.fault();
        if (fault.isEmpty()) {
            expect(request.method() + "Response", response);
        }
        if (fault.isEmpty() || fault.get().code() != 8005) {
            cpe.outbox().confirmed(request);
        }
    }

    private Optional<Envelope> request(String name, String body, String id)
            throws Failed, IOException, MalformedEnvelopeException {
        Optional<Envelope> response = exchange(name, 0, envelope(options.cwmpNamespace(), id, body));
        if (response.isPresent()
                && response.get().id() != null
                && !id.equals(response.get().id())
                && !cpe.does(Misbehaviour.NO_IDS)) {
            throw new Failed(
                    "response to " + name + " carries ID " + response.get().id() + ", not " + id);
        }
        return response;
    }

    private String envelope(String namespace, @Nullable String id, String body) {
        String xml = Envelope.write(namespace, cpe.does(Misbehaviour.NO_IDS) ? null : id, body);
        return cpe.does(Misbehaviour.ODD_XML) ? OddXml.of(xml, random) : xml;
    }

    /** An empty POST out of turn; whatever it is answered is of no interest. */
    private void postNothing() throws IOException {
        long began = System.nanoTime();
        HttpReply reply = link.post("");
        record("", 0, "", reply.status(), "", 0, reply, began);
    }

    private static void expect(String name, Envelope envelope) throws Failed {
        if (!envelope.name().equals(name)) {
            throw new Failed("expected " + name + ", got " + envelope.name());
        }
    }

    private Optional<Envelope> serve(Envelope request)
            throws Failed, IOException, MalformedEnvelopeException, InterruptedException {
        if (request.name().equals("Fault") || request.name().endsWith("Response")) {
            throw new Failed("expected a request, got " + request.name());
        }
        RpcAction action = cpe.does(Misbehaviour.FAULTS) && random.nextInt(4) == 0
                ? RpcAction.fault(9002)
                : cpe.actionFor(new RpcCall(cpe, request));
        while (action instanceof RpcAction.Delay delay) {
            Thread.sleep(delay.time());
            action = delay.then();
        }
        return switch (action) {
            case RpcAction.Answer() -> reply(request, answers.answer(request.payload()));
            case RpcAction.Refuse(CwmpFault fault) -> reply(request, new RpcAnswer.Refusal(fault));
            case RpcAction.Raw(String body) -> exchange(request.name() + "Response", 0, body);
            case RpcAction.EmptyPost() -> exchange("", 0, "");
            case RpcAction.DropConnection() -> throw new Failed("dropped the connection on " + request.name());
            case RpcAction.ActThenDrop() -> {
                RpcAnswer ignored = answers.answer(request.payload());
                throw new Failed("acted on " + request.name() + " and dropped the connection before " + ignored);
            }
            case RpcAction.Delay(Duration time, RpcAction then) ->
                throw new IllegalStateException("delays were taken off above: " + time + then);
        };
    }

    private Optional<Envelope> reply(Envelope request, RpcAnswer answer)
            throws Failed, IOException, MalformedEnvelopeException {
        if (cpe.does(Misbehaviour.EMPTY_POSTS)) {
            postNothing();
        }
        // The answer mirrors the request's namespace and ID (TR-069 3.5, 3.4.3).
        return switch (answer) {
            case RpcAnswer.Response(String body) ->
                exchange(request.name() + "Response", 0, envelope(request.cwmpNamespace(), request.id(), body));
            case RpcAnswer.Refusal(CwmpFault fault) ->
                exchange("Fault", fault.code(), envelope(request.cwmpNamespace(), request.id(), fault.toXml()));
        };
    }

    private Optional<Envelope> exchange(String name, int fault, String xml)
            throws Failed, IOException, MalformedEnvelopeException {
        long sent = System.nanoTime();
        HttpReply reply;
        try {
            reply = link.post(xml);
        } catch (IOException e) {
            record(name, fault, xml, 0, "", 0, null, sent);
            throw e;
        }
        if (reply.status() != 200 && reply.status() != 204) {
            record(name, fault, xml, reply.status(), "", 0, reply, sent);
            throw new Failed("HTTP " + reply.status() + " to " + (name.isEmpty() ? "an empty POST" : name));
        }
        if (reply.isEmpty()) {
            record(name, fault, xml, reply.status(), "", 0, reply, sent);
            return Optional.empty();
        }
        Envelope envelope;
        int receivedFault;
        try {
            envelope = Envelope.parse(reply.body());
            receivedFault = envelope.fault().map(CwmpFault::code).orElse(0);
        } catch (MalformedEnvelopeException e) {
            record(name, fault, xml, reply.status(), "?", 0, reply, sent);
            throw e;
        }
        hold = envelope.holdRequests();
        record(name, fault, xml, reply.status(), envelope.name(), receivedFault, reply, sent);
        return Optional.of(envelope);
    }

    private void record(
            String sent,
            int fault,
            String xml,
            int status,
            String received,
            int receivedFault,
            @Nullable HttpReply reply,
            long sentAt) {
        exchanges.add(new SessionReport.Exchange(
                sent,
                fault,
                xml.length(),
                status,
                received,
                receivedFault,
                reply == null ? 0 : reply.body().length,
                Duration.ofNanos(sentAt - began),
                Duration.ofNanos(System.nanoTime() - sentAt),
                options.keepsBodies() ? xml : null,
                options.keepsBodies() && reply != null ? reply.text() : null));
    }
}

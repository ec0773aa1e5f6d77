package org.homeward.simulator.acs;

import java.io.Closeable;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.homeward.simulator.http.DigestServer;
import org.homeward.simulator.http.Headers;
import org.homeward.simulator.http.SmallHttpServer;
import org.homeward.simulator.http.SmallHttpServer.Answer;
import org.homeward.simulator.http.SmallHttpServer.Request;
import org.homeward.simulator.soap.CwmpFault;
import org.homeward.simulator.soap.Element;
import org.homeward.simulator.soap.Envelope;
import org.homeward.simulator.soap.MalformedEnvelopeException;
import org.jspecify.annotations.Nullable;

/**
 * An ACS that follows a script: whoever informs is asked the queued RPCs, in order, and what it says is kept. Enough of
 * an ACS to try a CPE, and no more.
 *
 * <pre>
 * try (ScriptedAcs acs = ScriptedAcs.start()) {
 *     acs.ask(Rpcs.getParameterValues("Device.DeviceInfo."));
 *     SimulatedCpe.builder(acs.uri()).start();
 * }
 * </pre>
 */
public final class ScriptedAcs implements Closeable {

    /**
     * What a CPE said.
     *
     * @param headers of the HTTP request
     * @param connection counts TCP connections from 1
     */
    public record Heard(Envelope envelope, Headers headers, long connection) {
        public String name() {
            return envelope.name();
        }

        public Element payload() {
            return envelope.payload();
        }

        public Optional<CwmpFault> fault() {
            try {
                return envelope.fault();
            } catch (MalformedEnvelopeException e) {
                throw new IllegalStateException("was readable when it came", e);
            }
        }

        /** The event codes of an Inform. */
        public List<String> events() {
            return payload().child("Event").map(l -> l.children("EventStruct")).orElse(List.of()).stream()
                    .map(e -> e.childText("EventCode"))
                    .toList();
        }

        /** The name-value pairs of an Inform or a GetParameterValuesResponse. */
        public Map<String, String> values() {
            Map<String, String> values = new HashMap<>();
            payload()
                    .child("ParameterList")
                    .map(l -> l.children("ParameterValueStruct"))
                    .orElse(List.of())
                    .forEach(s -> values.put(
                            s.childText("Name"),
                            s.child("Value").map(Element::text).orElse("")));
            return values;
        }

        /** The names of a GetParameterNamesResponse. */
        public List<String> names() {
            return payload()
                    .child("ParameterList")
                    .map(l -> l.children("ParameterInfoStruct"))
                    .orElse(List.of())
                    .stream()
                    .map(s -> s.childText("Name"))
                    .toList();
        }
    }

    private static final class Session {
        final Deque<String> script;
        final String namespace;

        Session(Deque<String> script, String namespace) {
            this.script = script;
            this.namespace = namespace;
        }
    }

    /** How devices prove themselves; by default they need not. */
    public enum Login {
        OPEN,
        BASIC,
        DIGEST_MD5,
        DIGEST_SHA_256
    }

    private final SmallHttpServer server;
    private final Login login;
    private final Map<String, String> passwords;
    private final DigestServer digest;
    private final Deque<String> script = new ArrayDeque<>();
    private final Deque<Answer> overrides = new ArrayDeque<>();
    private final List<Heard> heard = new CopyOnWriteArrayList<>();
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();

    private ScriptedAcs(int port, Login login, Map<String, String> passwords) {
        this.login = login;
        this.passwords = Map.copyOf(passwords);
        this.digest = new DigestServer("acs", login == Login.DIGEST_SHA_256 ? "SHA-256" : "MD5");
        this.server = SmallHttpServer.start(port, this::handle);
    }

    /** On a free port of the loopback address. */
    public static ScriptedAcs start() {
        return new ScriptedAcs(0, Login.OPEN, Map.of());
    }

    /** Lets in only who knows one of these passwords, by user name. */
    public static ScriptedAcs start(Login login, Map<String, String> passwords) {
        return new ScriptedAcs(0, login, passwords);
    }

    public URI uri() {
        return URI.create("http://" + server.authority() + "/acs");
    }

    /** Queues RPCs (see {@link Rpcs}); the next session that asks for work gets all that are queued by then. */
    public ScriptedAcs ask(String... rpcs) {
        synchronized (script) {
            script.addAll(List.of(rpcs));
        }
        return this;
    }

    /** Answers the next POST with this, whatever it is. */
    public ScriptedAcs answerNext(int status, Headers headers, String body) {
        synchronized (script) {
            overrides.add(new Answer(status, headers, body.getBytes(StandardCharsets.UTF_8)));
        }
        return this;
    }

    /** Everything that was said, in order; empty POSTs leave no trace. */
    public List<Heard> heard() {
        return List.copyOf(heard);
    }

    /** What was said under a name. */
    public List<Heard> heard(String name) {
        return heard.stream().filter(h -> h.name().equals(name)).toList();
    }

    /** The one message of that name, the last one if there are several. */
    public Heard last(String name) {
        List<Heard> all = heard(name);
        if (all.isEmpty()) {
            throw new IllegalStateException(
                    "no " + name + " among " + heard.stream().map(Heard::name).toList());
        }
        return all.getLast();
    }

    private Answer handle(Request request) {
        @Nullable Answer override;
        synchronized (script) {
            override = overrides.poll();
        }
        if (override != null) {
            return override;
        }
        if (!mayEnter(request)) {
            String challenge = login == Login.BASIC ? "Basic realm=\"acs\"" : digest.challenge();
            return new Answer(401, new Headers().add("WWW-Authenticate", challenge), new byte[0]);
        }
        String key = cookie(request);
        if (request.body().length == 0) {
            return next(key, request.connection());
        }
        try {
            Envelope envelope = Envelope.parse(request.body());
            heard.add(new Heard(envelope, request.headers(), request.connection()));
            return answer(envelope, key, request.connection());
        } catch (MalformedEnvelopeException e) {
            return new Answer(400, new Headers(), String.valueOf(e.getMessage()).getBytes(StandardCharsets.UTF_8));
        }
    }

    private boolean mayEnter(Request request) {
        String authorization = request.headers().first("Authorization");
        return switch (login) {
            case OPEN -> true;
            case BASIC -> authorization != null && knowsBasic(authorization);
            case DIGEST_MD5, DIGEST_SHA_256 -> digest.accepts(authorization, request.method(), passwords::get);
        };
    }

    private boolean knowsBasic(String authorization) {
        return passwords.entrySet().stream()
                .map(e -> (e.getKey() + ":" + e.getValue()).getBytes(StandardCharsets.UTF_8))
                .map(pair -> "Basic " + java.util.Base64.getEncoder().encodeToString(pair))
                .anyMatch(authorization::equals);
    }

    private Answer answer(Envelope envelope, String key, long connection) {
        return switch (envelope.name()) {
            case "Inform" -> {
                String id = "s" + count.incrementAndGet();
                Deque<String> mine;
                synchronized (script) {
                    mine = new ArrayDeque<>(script);
                    script.clear();
                }
                Session session = new Session(mine, envelope.cwmpNamespace());
                sessions.put(id, session);
                // For stacks without cookies.
                sessions.put("connection-" + connection, session);
                Headers headers = new Headers().add("Set-Cookie", "acs=" + id + "; Path=/; HttpOnly");
                yield xml(
                        headers, envelope, "<cwmp:InformResponse><MaxEnvelopes>1</MaxEnvelopes></cwmp:InformResponse>");
            }
            case "TransferComplete", "AutonomousTransferComplete" ->
                xml(new Headers(), envelope, "<cwmp:" + envelope.name() + "Response/>");
            case "GetRPCMethods" ->
                xml(
                        new Headers(),
                        envelope,
                        "<cwmp:GetRPCMethodsResponse><MethodList><string>Inform</string><string>GetRPCMethods</string>"
                                + "<string>TransferComplete</string></MethodList></cwmp:GetRPCMethodsResponse>");
            default -> {
                if (envelope.name().equals("Fault") || envelope.name().endsWith("Response")) {
                    yield next(key, connection);
                }
                yield xml(
                        new Headers(),
                        envelope,
                        CwmpFault.of(8000, "Method not supported").toXml());
            }
        };
    }

    private Answer next(String key, long connection) {
        Session session = sessions.getOrDefault(key, sessions.get("connection-" + connection));
        String rpc = session == null ? null : session.script.poll();
        if (session == null || rpc == null) {
            return Answer.of(204);
        }
        String id = "acs-" + count.incrementAndGet();
        byte[] body = Envelope.write(session.namespace, id, rpc).getBytes(StandardCharsets.UTF_8);
        return new Answer(200, new Headers().add("Content-Type", "text/xml; charset=\"utf-8\""), body);
    }

    private static Answer xml(Headers headers, Envelope request, String body) {
        headers.add("Content-Type", "text/xml; charset=\"utf-8\"");
        String xml = Envelope.write(request.cwmpNamespace(), request.id(), body);
        return new Answer(200, headers, xml.getBytes(StandardCharsets.UTF_8));
    }

    private static String cookie(Request request) {
        String cookie = request.headers().first("Cookie");
        return cookie == null ? "" : cookie.replaceFirst(".*\\bacs=([^;]*).*", "$1");
    }

    @Override
    public void close() {
        server.close();
    }
}

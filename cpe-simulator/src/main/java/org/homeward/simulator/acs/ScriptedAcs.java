package org.homeward.simulator.acs;

import java.io.Closeable;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

        /** The fault, if it is one; code 0 for a SOAP fault without a CWMP fault in it (TR-069 3.5), as some CPEs send. */
        public Optional<CwmpFault> fault() {
            try {
                return envelope.fault();
            } catch (MalformedEnvelopeException e) {
                return Optional.of(new CwmpFault(0, "without a CWMP fault in its detail", List.of()));
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

    /** What the ACS has to say in one session. */
    public interface Dialogue {
        /** The RPC to ask next (see {@link Rpcs}), once its last one is answered; empty to end the session. */
        Optional<String> next();

        /** Is told of everything that the CPE says after its Inform, before that is answered. */
        default void hears(Heard said) {}
    }

    /** @param keys under which it is found: its cookie and, for stacks without cookies, its TCP connection */
    private record Session(Dialogue dialogue, String namespace, List<String> keys) {}

    /** How devices prove themselves; by default they need not. */
    public enum Login {
        OPEN,
        BASIC,
        DIGEST_MD5,
        DIGEST_SHA_256
    }

    private static final Pattern FIRMWARE = Pattern.compile("/firmware/([\\w.-]+)\\.img");
    private final SmallHttpServer server;
    private final Login login;
    private final Map<String, String> passwords;
    private final DigestServer digest;
    private final Deque<String> script = new ArrayDeque<>();
    private final Deque<Answer> overrides = new ArrayDeque<>();
    private final Function<Heard, Dialogue> onInform;
    /** Everything, for those who ask later; null when nobody will. */
    private final @Nullable List<Heard> heard;

    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();

    private ScriptedAcs(
            InetSocketAddress address,
            Login login,
            Map<String, String> passwords,
            @Nullable Function<Heard, Dialogue> onInform) {
        this.login = login;
        this.passwords = Map.copyOf(passwords);
        this.digest = new DigestServer("acs", login == Login.DIGEST_SHA_256 ? "SHA-256" : "MD5");
        this.heard = onInform == null ? new ArrayList<>() : null;
        this.onInform = onInform == null ? inform -> queued() : onInform;
        this.server = SmallHttpServer.start(address, this::handle);
    }

    /** On a free port of the loopback address. */
    public static ScriptedAcs start() {
        return start(Login.OPEN, Map.of());
    }

    /** Where it is told to listen; port 0 takes a free one. */
    public static ScriptedAcs start(InetSocketAddress address) {
        return new ScriptedAcs(address, Login.OPEN, Map.of(), null);
    }

    /** Lets in only who knows one of these passwords, by user name. */
    public static ScriptedAcs start(Login login, Map<String, String> passwords) {
        return new ScriptedAcs(SmallHttpServer.loopback(0), login, passwords, null);
    }

    /**
     * An ACS that keeps nothing itself and asks for what to say in each session, for as many devices as there are.
     *
     * @param onInform is told of each Inform before it is answered
     */
    public static ScriptedAcs start(
            InetSocketAddress address, Login login, Map<String, String> passwords, Function<Heard, Dialogue> onInform) {
        return new ScriptedAcs(address, login, passwords, onInform);
    }

    private Dialogue queued() {
        Deque<String> mine;
        synchronized (script) {
            mine = new ArrayDeque<>(script);
            script.clear();
        }
        return () -> Optional.ofNullable(mine.poll());
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
        if (heard == null) {
            throw new IllegalStateException("this ACS keeps nothing");
        }
        synchronized (heard) {
            return List.copyOf(heard);
        }
    }

    /** What was said under a name. */
    public List<Heard> heard(String name) {
        return heard().stream().filter(h -> h.name().equals(name)).toList();
    }

    /** The one message of that name, the last one if there are several. */
    public Heard last(String name) {
        List<Heard> all = heard(name);
        if (all.isEmpty()) {
            throw new IllegalStateException(
                    "no " + name + " among " + heard().stream().map(Heard::name).toList());
        }
        return all.getLast();
    }

    private Answer handle(Request request) {
        if (request.method().equals("GET") || request.method().equals("PUT")) {
            return file(request);
        }
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
        Optional<Session> session = session(request);
        if (request.body().length == 0) {
            return next(session);
        }
        try {
            Heard said = new Heard(Envelope.parse(request.body()), request.headers(), request.connection());
            if (heard != null) {
                synchronized (heard) {
                    heard.add(said);
                }
            }
            return answer(said, session);
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

    private Answer answer(Heard said, Optional<Session> session) {
        Envelope envelope = said.envelope();
        if (envelope.name().equals("Inform")) {
            return begin(said);
        }
        session.ifPresent(s -> s.dialogue().hears(said));
        return switch (envelope.name()) {
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
                    yield next(session);
                }
                yield xml(
                        new Headers(),
                        envelope,
                        CwmpFault.of(8000, "Method not supported").toXml());
            }
        };
    }

    private Answer begin(Heard inform) {
        String id = "s" + count.incrementAndGet();
        Session session = new Session(
                onInform.apply(inform),
                inform.envelope().cwmpNamespace(),
                List.of(id, "connection-" + inform.connection()));
        session.keys().forEach(key -> sessions.put(key, session));
        Headers headers = new Headers().add("Set-Cookie", "acs=" + id + "; Path=/; HttpOnly");
        String body = "<cwmp:InformResponse><MaxEnvelopes>1</MaxEnvelopes></cwmp:InformResponse>";
        return xml(headers, inform.envelope(), body);
    }

    private Optional<Session> session(Request request) {
        Session byCookie = sessions.get(cookie(request));
        return Optional.ofNullable(byCookie != null ? byCookie : sessions.get("connection-" + request.connection()));
    }

    private Answer next(Optional<Session> session) {
        Optional<String> rpc = session.flatMap(s -> s.dialogue().next());
        if (session.isEmpty() || rpc.isEmpty()) {
            session.ifPresent(s -> s.keys().forEach(key -> sessions.remove(key, s)));
            return Answer.of(204);
        }
        String id = "acs-" + count.incrementAndGet();
        byte[] body = Envelope.write(session.get().namespace(), id, rpc.get()).getBytes(StandardCharsets.UTF_8);
        return new Answer(200, new Headers().add("Content-Type", "text/xml; charset=\"utf-8\""), body);
    }

    /** Firmware of any version, {@code GET /firmware/2.0.1.img}, and room for uploads. */
    private static Answer file(Request request) {
        Matcher firmware = FIRMWARE.matcher(request.path());
        if (request.method().equals("PUT")) {
            return Answer.of(201);
        }
        if (!firmware.matches()) {
            return Answer.of(404);
        }
        byte[] image = ("version=" + firmware.group(1) + "\n").getBytes(StandardCharsets.UTF_8);
        return new Answer(200, new Headers().add("Content-Type", "application/octet-stream"), image);
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

    /** Waits until whoever has asked is answered, for so long at most. */
    public void settle(Duration limit) {
        server.settle(limit);
    }

    @Override
    public void close() {
        server.close();
    }
}

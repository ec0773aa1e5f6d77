package org.homeward.httpconnector.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.homeward.httpconnector.egress.ConnectionRequestUrl;

/** The connection request listener of a CPE on loopback, as good or as bad as its script. */
public final class ScriptedCpe implements AutoCloseable {

    /** What happens on one TCP connection. */
    @FunctionalInterface
    public interface Script {
        void play(Connection connection) throws IOException;
    }

    public static final String USERNAME = "acs";
    public static final String PASSWORD = "s3cret";
    private static final Pattern DIGEST_PART = Pattern.compile("(\\w+)=\"?([^\",]*)\"?");

    private final ServerSocket server;
    private final Script script;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    public final AtomicInteger connections = new AtomicInteger();
    public final AtomicInteger accepted = new AtomicInteger();
    final List<String> requests = new CopyOnWriteArrayList<>();

    private ScriptedCpe(Script script) throws IOException {
        this.script = script;
        this.server = new ServerSocket(0, 500, InetAddress.ofLiteral("127.0.0.1"));
        Thread.startVirtualThread(this::accept);
    }

    public static ScriptedCpe that(Script script) throws IOException {
        return new ScriptedCpe(script);
    }

    /** Keeps its connections and checks the digest as TR-069 3.2.2 wants it. */
    public static ScriptedCpe wellBehaved() throws IOException {
        return that(connection -> {
            while (true) {
                String request = connection.request();
                if (isAuthorized(request)) {
                    connection.accept();
                } else {
                    connection.send("HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Digest realm=\"IGD\", qop=\"auth\","
                            + " nonce=\"n1\"\r\nContent-Length: 5\r\n\r\nlogin");
                }
            }
        });
    }

    ConnectionRequestUrl url() {
        return ConnectionRequestUrl.parse(urlText()).orElseThrow();
    }

    public String urlText() {
        return "http://127.0.0.1:" + server.getLocalPort() + "/cr?id=7";
    }

    InetSocketAddress address() {
        return new InetSocketAddress("127.0.0.1", server.getLocalPort());
    }

    /** Whether the request carries the right digest for the nonce that it names. */
    static boolean isAuthorized(String request) {
        int header = request.indexOf("\r\nAuthorization: Digest ");
        if (header < 0) {
            return false;
        }
        String line = request.substring(header + 2).lines().findFirst().orElseThrow();
        String ha1 = md5(USERNAME + ":" + part(line, "realm") + ":" + PASSWORD);
        String ha2 = md5("GET:" + part(line, "uri"));
        String qop = part(line, "qop");
        String expected = qop.isEmpty()
                ? md5(ha1 + ":" + part(line, "nonce") + ":" + ha2)
                : md5(ha1 + ":" + part(line, "nonce") + ":" + part(line, "nc") + ":" + part(line, "cnonce") + ":" + qop
                        + ":" + ha2);
        return part(line, "username").equals(USERNAME)
                && part(line, "response").equals(expected)
                && request.startsWith("GET " + part(line, "uri") + " HTTP/1.1\r\n");
    }

    static String part(String header, String name) {
        Matcher parts = DIGEST_PART.matcher(header);
        while (parts.find()) {
            if (parts.group(1).equals(name)) {
                return parts.group(2);
            }
        }
        return "";
    }

    private static String md5(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                int number = connections.incrementAndGet();
                Thread.startVirtualThread(() -> play(socket, number));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void play(Socket socket, int number) {
        try (socket) {
            script.play(new Connection(socket, number));
        } catch (IOException e) {
            // The connector hung up: what a test wants to know of it, it reads from the requests.
            open.remove(socket);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    /** One TCP connection of the listener; the first has number 1. */
    public final class Connection {
        private final Socket socket;
        final int number;

        Connection(Socket socket, int number) {
            this.socket = socket;
            this.number = number;
        }

        /** The next request's head. */
        public String request() throws IOException {
            InputStream in = socket.getInputStream();
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = in.read();
                if (next < 0) {
                    throw new IOException("closed");
                }
                head.append((char) next);
            }
            requests.add(head.toString());
            return head.toString();
        }

        public void send(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(UTF_8));
        }

        /** Says yes. */
        public void accept() throws IOException {
            accepted.incrementAndGet();
            send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        }

        /** Closes so that the peer gets a reset. */
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        /** Says nothing until the peer goes. */
        public void hang() throws IOException {
            while (socket.getInputStream().read() >= 0) {
                continue;
            }
        }
    }
}

package org.homeward.simulator;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.homeward.simulator.behaviour.Misbehaviour;
import org.homeward.simulator.http.DigestServer;
import org.homeward.simulator.http.Headers;
import org.homeward.simulator.http.SmallHttpServer;
import org.homeward.simulator.http.SmallHttpServer.Answer;
import org.homeward.simulator.http.SmallHttpServer.Request;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP listener that takes the connection requests of every CPE on this host (TR-069 3.2.2), told apart by an
 * unguessable path.
 */
final class ConnectionRequestListener {
    private final Map<String, SimulatedCpe> devices = new ConcurrentHashMap<>();
    private final DigestServer digest = new DigestServer("cpe", "MD5");
    private final SmallHttpServer server;

    ConnectionRequestListener(InetAddress here) {
        this.server = SmallHttpServer.start(new InetSocketAddress(here, 0), this::handle);
    }

    void register(String path, SimulatedCpe cpe) {
        devices.put(path, cpe);
    }

    void unregister(String path) {
        devices.remove(path);
    }

    String url(String path) {
        return "http://" + server.authority() + path;
    }

    void close() {
        server.close();
    }

    private @Nullable Answer handle(Request request) {
        SimulatedCpe cpe = devices.get(request.path());
        if (cpe == null) {
            return Answer.of(404);
        }
        if (cpe.isDown()) {
            return null;
        }
        if (!request.method().equals("GET")) {
            return Answer.of(405);
        }
        String username = cpe.model().under("ManagementServer.ConnectionRequestUsername");
        String password = cpe.model().under("ManagementServer.ConnectionRequestPassword");
        boolean accepted = digest.accepts(
                request.headers().first("Authorization"), "GET", name -> name.equals(username) ? password : null);
        if (!username.isEmpty() && !accepted) {
            return new Answer(401, new Headers().add("WWW-Authenticate", challenge(cpe)), new byte[0]);
        }
        return Answer.of(cpe.connectionRequested() ? 200 : 503);
    }

    private String challenge(SimulatedCpe cpe) {
        return cpe.does(Misbehaviour.ODD_CHALLENGE) ? digest.oddChallenge() : digest.challenge();
    }
}

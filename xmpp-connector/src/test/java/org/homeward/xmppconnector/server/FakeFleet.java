package org.homeward.xmppconnector.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.homeward.simulator.xmpp.Stanza;
import org.homeward.simulator.xmpp.XmppWire;

/**
 * Every device of a domain at once: a component (XEP-0114) that gets what is for any JID there over one connection. It
 * answers at once, or holds the requests back until told to answer.
 */
public final class FakeFleet implements AutoCloseable {

    private final XmppWire wire;
    private final Thread reader;
    private final Queue<Stanza> held = new ConcurrentLinkedQueue<>();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile boolean holds;

    private FakeFleet(XmppWire wire) {
        this.wire = wire;
        this.reader = Thread.ofVirtual().name("fake-fleet").unstarted(this::read);
    }

    public static FakeFleet at(Prosody server) throws Exception {
        XmppWire wire = XmppWire.connect("127.0.0.1", server.componentPort(), Duration.ofSeconds(20));
        String id = wire.open(Prosody.FLEET, "jabber:component:accept");
        byte[] digest = MessageDigest.getInstance("SHA-1").digest((id + Prosody.FLEET_SECRET).getBytes(UTF_8));
        wire.send("<handshake>" + HexFormat.of().formatHex(digest) + "</handshake>");
        Stanza answer = wire.next().orElseThrow();
        if (!answer.name().equals("handshake")) {
            throw new IOException("the server refuses the component: " + answer);
        }
        FakeFleet fleet = new FakeFleet(wire);
        fleet.reader.start();
        return fleet;
    }

    public static String jabberId(int number) {
        return "cpe-" + number + '@' + Prosody.FLEET + "/cwmp";
    }

    /** From now on says nothing. */
    public void hold() {
        holds = true;
    }

    /** Answers all that it held back. */
    public void answerAll() throws IOException {
        holds = false;
        for (Stanza each = held.poll(); each != null; each = held.poll()) {
            answer(each);
        }
    }

    /** How many were asked so far. */
    public int asked() {
        return asked.get();
    }

    private void read() {
        try {
            for (var next = wire.next(); next.isPresent(); next = wire.next()) {
                Stanza stanza = next.get();
                if (stanza.name().equals("iq") && stanza.attribute("type").equals("get")) {
                    asked.incrementAndGet();
                    if (holds) {
                        held.add(stanza);
                    } else {
                        answer(stanza);
                    }
                }
            }
        } catch (IOException e) {
            // closed: the test is over
        }
    }

    private void answer(Stanza asked) throws IOException {
        send("result", asked.attribute("id"), asked.attribute("to"), asked.attribute("from"));
    }

    /** An IQ without content from whoever of the fleet. */
    public void send(String type, String id, String from, String to) throws IOException {
        wire.send("<iq type='" + type + "' id='" + XmppWire.escaped(id) + "' from='" + XmppWire.escaped(from) + "' to='"
                + XmppWire.escaped(to) + "'/>");
    }

    public boolean isHolding() {
        return !held.isEmpty();
    }

    /** The first request that is held back. */
    public Stanza held() {
        Stanza first = held.peek();
        if (first == null) {
            throw new IllegalStateException("nothing is held back");
        }
        return first;
    }

    @Override
    public void close() {
        wire.close();
    }
}

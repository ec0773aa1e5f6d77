package org.homeward.standalone.bench.cpe;

import static org.homeward.standalone.bench.cpe.HomeGateway.ascii;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.homeward.simulator.http.DigestClient;
import org.homeward.standalone.bench.cpe.Calls.Call;
import org.homeward.standalone.bench.cpe.Calls.End;
import org.jspecify.annotations.Nullable;

/**
 * One session at a time (TR-069 3.7.1.4) over its own TCP connection: Inform, empty POST, answers to what the ACS asks,
 * until there is nothing more. Never blocks.
 *
 * <p>The object and its buffers are used for one session after another.
 */
final class CpeSession {

    private static final int MOST_CHALLENGES = 2;

    /** What sessions share. */
    interface Surroundings {
        Selector selector();

        /** For copying from and to sockets; empty between calls. */
        ByteBuffer io();

        Tally tally();

        /** @param why what kind of failure it was, for {@link End#FAILED} */
        void ended(CpeSession session, Call call, End end, String why);
    }

    private final LoadClient.Acs acs;
    private final Envelopes envelopes;
    private final Surroundings surroundings;
    private final byte[] requestLine;
    private final byte[] envelopeHeaders = ascii("Content-Type: text/xml; charset=\"utf-8\"\r\nSOAPAction:\r\n");
    private final Bytes body = new Bytes(8 * 1024);
    private final Bytes out = new Bytes(8 * 1024);
    private final Bytes in = new Bytes(4 * 1024);
    private final Reply reply = new Reply(in);

    private @Nullable Call call;
    private @Nullable SocketChannel channel;
    private @Nullable SelectionKey key;
    private @Nullable DigestClient digest;
    private @Nullable String cookie;
    private boolean informed;
    private boolean used;
    private int challenges;
    private int sent;
    private long asked;

    CpeSession(LoadClient.Acs acs, Envelopes envelopes, Surroundings surroundings) {
        this.acs = acs;
        this.envelopes = envelopes;
        this.surroundings = surroundings;
        this.requestLine = ascii("POST " + acs.path() + " HTTP/1.1\r\nHost: "
                + acs.url().getRawAuthority() + "\r\nUser-Agent: homeward-bench\r\n");
    }

    /** @param now xsd:dateTime */
    void begin(Call next, String now) {
        call = next;
        digest = null;
        cookie = null;
        informed = false;
        challenges = 0;
        body.clear();
        if (next.events().contains("0 BOOTSTRAP")) {
            next.cpe().bootstraps();
        }
        String id = Integer.toHexString(ThreadLocalRandom.current().nextInt());
        envelopes.inform(body, next.cpe(), next.events(), id, now);
        post();
    }

    /** Something happened to the connection. */
    void ready(SelectionKey ready) {
        try {
            if (ready.isConnectable()) {
                open().finishConnect();
                write();
            } else if (ready.isWritable()) {
                write();
            } else if (ready.isReadable()) {
                read();
            }
        } catch (IOException e) {
            fail("connection: " + e.getMessage());
        }
    }

    /** Gives up if the ACS has been silent for too long. */
    void lookAt(long now, long patience) {
        if (call != null && now - asked > patience) {
            fail("no answer in time");
        }
    }

    /** Sends the body, over a new connection if there is none. */
    private void post() {
        LoadCpe cpe = call().cpe();
        out.clear();
        out.add(requestLine);
        if (body.length() > 0) {
            out.add(envelopeHeaders);
        }
        if (cookie != null) {
            out.add("Cookie: ").add(cookie).add("\r\n");
        }
        if (digest != null) {
            out.add("Authorization: ")
                    .add(digest.authorization("POST", acs.path()))
                    .add("\r\n");
        }
        out.add("Content-Length: " + body.length() + "\r\n\r\n");
        out.add(ByteBuffer.wrap(body.array(), 0, body.length()));
        sent = 0;
        reply.begin();
        asked = System.nanoTime();
        try {
            if (channel == null) {
                connect();
            } else {
                used = true;
                write();
            }
        } catch (IOException e) {
            fail("connection: " + e.getMessage());
        } catch (RuntimeException e) {
            throw new IllegalStateException("CPE " + cpe.serial(), e);
        }
    }

    private void connect() throws IOException {
        used = false;
        SocketChannel opened = SocketChannel.open();
        channel = opened;
        opened.configureBlocking(false);
        opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
        boolean connected = opened.connect(acs.address());
        key = opened.register(
                surroundings.selector(), connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, this);
        if (connected) {
            write();
        }
    }

    private void write() throws IOException {
        ByteBuffer io = surroundings.io();
        while (sent < out.length()) {
            io.clear();
            io.put(out.array(), sent, Math.min(io.capacity(), out.length() - sent));
            io.flip();
            int wanted = io.remaining();
            int written = open().write(io);
            sent += written;
            if (written < wanted) {
                listenFor(SelectionKey.OP_WRITE);
                return;
            }
        }
        listenFor(SelectionKey.OP_READ);
    }

    private void listenFor(int operation) {
        if (key != null && key.interestOps() != operation) {
            key.interestOps(operation);
        }
    }

    private void read() throws IOException {
        ByteBuffer io = surroundings.io();
        io.clear();
        int count = open().read(io);
        if (count > 0) {
            io.flip();
            in.add(io);
        }
        boolean ended = count < 0;
        if (reply.isWhole(ended)) {
            if (ended || reply.closes()) {
                hangUp();
            }
            surroundings.tally().requested(System.nanoTime() - asked);
            answered();
        } else if (ended) {
            hangUp();
            if (used && in.length() == 0) {
                // a session outlives its TCP connection (TR-069 3.4.1)
                post();
            } else {
                fail("closed without an answer");
            }
        }
    }

    private void answered() {
        if (reply.cookie() != null) {
            cookie = reply.cookie();
        }
        int status = reply.status();
        if (status == 401) {
            challenged();
            return;
        }
        challenges = 0;
        if (status == 503) {
            end(End.REFUSED, "");
        } else if (status != 200 && status != 204) {
            fail("HTTP " + status);
        } else if (informed) {
            if (reply.isEmpty()) {
                end(End.SERVED, "");
            } else {
                answer(AcsRequest.of(reply.body()));
            }
        } else if (!reply.isEmpty() && AcsRequest.of(reply.body()).method().equals("InformResponse")) {
            informed = true;
            body.clear();
            post();
        } else {
            fail("Inform was not answered by InformResponse");
        }
    }

    private void answer(AcsRequest request) {
        if (request.method().isEmpty()
                || request.method().equals("Fault")
                || request.method().endsWith("Response")) {
            fail(
                    request.method().isEmpty()
                            ? "answered with no envelope"
                            : "answered with a fault or response of its own");
            return;
        }
        surroundings.tally().asked();
        body.clear();
        envelopes.answer(body, call().cpe(), request);
        post();
    }

    private void challenged() {
        LoadCpe cpe = call().cpe();
        Optional<DigestClient> answer = acs.username() == null || challenges++ >= MOST_CHALLENGES
                ? Optional.empty()
                : DigestClient.answering(
                        reply.forDigest(),
                        cpe.secret("InternetGatewayDevice.ManagementServer.Username", acs.username()),
                        cpe.secret(
                                "InternetGatewayDevice.ManagementServer.Password",
                                acs.password() == null ? "" : acs.password()));
        if (answer.isEmpty()) {
            fail("HTTP 401");
            return;
        }
        digest = answer.get();
        post();
    }

    private void fail(String why) {
        if (call != null) {
            end(End.FAILED, why);
        }
    }

    private void end(End end, String why) {
        hangUp();
        Call ended = call();
        call = null;
        surroundings.ended(this, ended, end, why);
    }

    private void hangUp() {
        SocketChannel open = channel;
        channel = null;
        key = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException("closing a socket failed", e);
            }
        }
    }

    private Call call() {
        if (call == null) {
            throw new IllegalStateException("no session is open");
        }
        return call;
    }

    private SocketChannel open() throws IOException {
        if (channel == null) {
            throw new IOException("closed");
        }
        return channel;
    }
}

package org.homeward.stunconnector.server.udp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.Optional;
import org.homeward.stunconnector.codec.Reading;
import org.homeward.stunconnector.codec.StunMessage;
import org.homeward.stunconnector.codec.StunReader;

/** A client's port, for tests that speak to real sockets. */
public final class Question implements AutoCloseable {

    /** What came back, and from where. */
    public record Got(InetSocketAddress from, byte[] bytes) {
        public StunMessage message() {
            assertThat(StunReader.read(bytes)).isInstanceOf(Reading.Read.class);
            return ((Reading.Read) StunReader.read(bytes)).message();
        }
    }

    private final DatagramSocket socket;

    public Question(String address) throws IOException {
        socket = new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral(address), 0));
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    public void send(byte[] bytes, int port) throws IOException {
        socket.send(new DatagramPacket(bytes, bytes.length, socket.getLocalAddress(), port));
    }

    /** The next datagram; empty when none comes for this long. */
    public Optional<Got> next(int millis) throws IOException {
        byte[] buffer = new byte[2048];
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.setSoTimeout(millis);
        try {
            socket.receive(packet);
        } catch (SocketTimeoutException e) {
            return Optional.empty();
        }
        return Optional.of(
                new Got((InetSocketAddress) packet.getSocketAddress(), Arrays.copyOf(buffer, packet.getLength())));
    }

    public Got ask(byte[] bytes, int port) throws IOException {
        send(bytes, port);
        return next(20_000).orElseThrow();
    }

    @Override
    public void close() {
        socket.close();
    }
}

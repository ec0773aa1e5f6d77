package org.homeward.simulator.nat;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

/** Many UDP ports and one thread that reads them all. */
public final class UdpLoop implements Closeable {

    private static final int LONGEST = 2048;

    /** One port. */
    public static final class Port implements Closeable {
        private final Set<Port> all;
        private final DatagramChannel channel;
        private final InetSocketAddress address;
        private final BiConsumer<InetSocketAddress, byte[]> receiver;
        private final AtomicLong lost = new AtomicLong();

        private Port(Set<Port> all, DatagramChannel channel, BiConsumer<InetSocketAddress, byte[]> receiver)
                throws IOException {
            this.all = all;
            this.channel = channel;
            this.address = (InetSocketAddress) channel.getLocalAddress();
            this.receiver = receiver;
        }

        public InetSocketAddress address() {
            return address;
        }

        /** Sends, or loses it: nobody is told, as it is with UDP. */
        public void send(byte[] datagram, InetSocketAddress to) {
            try {
                channel.send(ByteBuffer.wrap(datagram), to);
            } catch (IOException e) {
                lost.incrementAndGet();
            }
        }

        /** Datagrams that could not leave or be read. */
        public long lost() {
            return lost.get();
        }

        @Override
        public void close() {
            all.remove(this);
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private final Selector selector;
    private final Thread thread;
    private final Set<Port> ports = ConcurrentHashMap.newKeySet();

    public UdpLoop() {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread = Thread.ofPlatform().daemon().name("cpe-udp").start(this::run);
    }

    /**
     * Opens a port.
     *
     * @param address port 0 takes a free one
     * @param receiver who sent, and what; called on the loop's thread, must not block
     */
    public Port open(InetSocketAddress address, BiConsumer<InetSocketAddress, byte[]> receiver) {
        try {
            DatagramChannel channel = DatagramChannel.open();
            channel.bind(address).configureBlocking(false);
            Port port = new Port(ports, channel, receiver);
            ports.add(port);
            channel.register(selector, SelectionKey.OP_READ, port);
            selector.wakeup();
            return port;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run() {
        ByteBuffer buffer = ByteBuffer.allocate(LONGEST);
        try {
            while (selector.isOpen()) {
                selector.select(key -> read((Port) key.attachment(), buffer));
            }
        } catch (ClosedSelectorException e) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void read(Port port, ByteBuffer buffer) {
        try {
            while (true) {
                buffer.clear();
                if (!(port.channel.receive(buffer) instanceof InetSocketAddress from)) {
                    return;
                }
                byte[] datagram = new byte[buffer.flip().remaining()];
                buffer.get(datagram);
                port.receiver.accept(from, datagram);
            }
        } catch (IOException e) {
            // Closed meanwhile, or an ICMP message came back: the next datagram is another matter.
            port.lost.incrementAndGet();
        }
    }

    @Override
    public void close() {
        try {
            ports.forEach(Port::close);
            selector.close();
            thread.interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

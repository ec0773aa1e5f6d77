package org.homeward.stunconnector.server.udp;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.homeward.stunconnector.codec.StunReader;
import org.homeward.stunconnector.delivery.Datagrams;
import org.homeward.stunconnector.server.Answer;
import org.homeward.stunconnector.server.StunServer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The primary and the alternate port, one thread for both. Straight on Netty rather than on Vert.x, whose datagram
 * socket makes a text of every sender's address and looks every target up by name.
 */
public final class StunSockets implements Datagrams, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(StunSockets.class);

    /** Keep-alives of a hundred thousand devices come in bursts when the power comes back. */
    private static final int RECEIVE_BUFFER = 4 << 20;

    /** Longest close. */
    private static final int PATIENCE_SECONDS = 2;

    /** Documentation addresses; nothing is sent to them. */
    private static final InetSocketAddress SOMEBODY_4 = new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 9);

    private static final InetSocketAddress SOMEBODY_6 = new InetSocketAddress(InetAddress.ofLiteral("2001:db8::1"), 9);

    /**
     * Where to listen.
     *
     * @param host a wildcard takes both IPv4 and IPv6
     * @param port 0 takes a free one, as {@code alternatePort}
     * @param publicAddresses what to call ourselves, where that is not the address that we listen on
     */
    public record Place(String host, int port, int alternatePort, List<InetAddress> publicAddresses) {}

    private final NioEventLoopGroup group = new NioEventLoopGroup(1, new DefaultThreadFactory("stun", true));
    private final StunServer server;
    private final List<Counter> answers;
    private final Place place;
    private final Channel primary;
    private final Channel alternate;
    private final InetAddress self4;
    private final InetAddress self6;

    /**
     * Opens both ports.
     *
     * @throws PortTaken when another has one of them
     */
    public StunSockets(Place place, StunServer server, MeterRegistry meters) throws PortTaken {
        this.place = place;
        this.server = server;
        this.answers = Arrays.stream(Answer.Kind.values())
                .map(kind -> Counter.builder("homeward.stun.requests")
                        .description("Datagrams that came to the STUN server, by what became of them")
                        .tag("outcome", kind.name().toLowerCase(Locale.ROOT))
                        .register(meters))
                .toList();
        this.self4 = self(SOMEBODY_4, false);
        this.self6 = self(SOMEBODY_6, true);
        try {
            this.primary = open(place.port(), "homeward.stun-connector.port");
            this.alternate = open(place.alternatePort(), "homeward.stun-connector.alternate-port");
        } catch (PortTaken e) {
            close();
            throw e;
        }
        primary.config().setAutoRead(true);
        alternate.config().setAutoRead(true);
        LOG.infof("STUN listens on UDP port %d, alternate %d, of %s", port(), alternatePort(), place.host());
    }

    private Channel open(int port, String setting) throws PortTaken {
        ChannelFuture bound = new Bootstrap()
                .group(group)
                .channel(NioDatagramChannel.class)
                // Not before the other one is there as well.
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.SO_RCVBUF, RECEIVE_BUFFER)
                // One byte more than is read, so that what is cut off shows.
                .option(ChannelOption.RCVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(StunReader.MAX_LENGTH + 1))
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new Questions());
                    }
                })
                .bind(new InetSocketAddress(place.host(), port))
                .awaitUninterruptibly();
        if (bound.isSuccess()) {
            return bound.channel();
        }
        if (bound.cause() instanceof BindException taken) {
            throw new PortTaken(place.host(), port, setting, taken);
        }
        throw new IllegalStateException("cannot listen on UDP port " + port + " of " + place.host(), bound.cause());
    }

    private static InetSocketAddress local(Channel channel) {
        return (InetSocketAddress) channel.localAddress();
    }

    /** The port that devices ask at. */
    public int port() {
        return local(primary).getPort();
    }

    public int alternatePort() {
        return local(alternate).getPort();
    }

    public boolean isOpen() {
        return primary.isActive() && alternate.isActive();
    }

    /** What we are called to a peer of that family. */
    private InetAddress self(InetSocketAddress somebody, boolean six) {
        for (InetAddress address : place.publicAddresses()) {
            if (address instanceof Inet4Address != six) {
                return address;
            }
        }
        InetSocketAddress bound = new InetSocketAddress(place.host(), 0);
        if (!bound.getAddress().isAnyLocalAddress()) {
            return bound.getAddress();
        }
        // Listening everywhere: the address that the way out has.
        try (var probe = new DatagramSocket()) {
            probe.connect(somebody);
            return probe.getLocalAddress();
        } catch (IOException | UncheckedIOException e) {
            LOG.debugf("no route of family %s: %s", six ? "IPv6" : "IPv4", e.getMessage());
            return bound.getAddress();
        }
    }

    private InetSocketAddress self(Channel channel, InetSocketAddress peer) {
        return new InetSocketAddress(
                peer.getAddress() instanceof Inet4Address ? self4 : self6,
                local(channel).getPort());
    }

    private final class Questions extends SimpleChannelInboundHandler<DatagramPacket> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            Channel here = context.channel();
            Channel other = here == primary ? alternate : primary;
            InetSocketAddress from = packet.sender();
            Answer answer = server.answer(
                    ByteBufUtil.getBytes(packet.content()),
                    new StunServer.Arrival(from, self(here, from), self(other, from), here == primary));
            answers.get(answer.kind().ordinal()).increment();
            if (answer instanceof Answer.Reply reply) {
                Channel out = reply.fromAlternate() ? other : here;
                out.writeAndFlush(new DatagramPacket(Unpooled.wrappedBuffer(reply.bytes()), reply.to()))
                        .addListener(sent -> {
                            if (!sent.isSuccess()) {
                                LOG.debugf("an answer to %s was not sent: %s", reply.to(), sent.cause());
                            }
                        });
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // One datagram's trouble (an ICMP message that came back, for instance) is not the port's.
            LOG.debugf(cause, "a datagram made trouble");
        }
    }

    @Override
    public CompletionStage<@Nullable Void> send(byte[] bytes, InetSocketAddress to) {
        CompletableFuture<@Nullable Void> sent = new CompletableFuture<>();
        ByteBuf content = Unpooled.wrappedBuffer(bytes);
        primary.writeAndFlush(new DatagramPacket(content, to)).addListener(done -> {
            if (done.isSuccess()) {
                sent.complete(null);
            } else {
                sent.completeExceptionally(done.cause());
            }
        });
        return sent;
    }

    @Override
    public ScheduledFuture<?> later(Runnable task, long nanos) {
        return group.schedule(task, nanos, TimeUnit.NANOSECONDS);
    }

    /** Runs a task again and again, on the thread of the sockets. */
    public void every(Runnable task, long millis) {
        group.scheduleWithFixedDelay(task, millis, millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        if (!group.shutdownGracefully(0, PATIENCE_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(2L * PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("the sockets of the STUN server are slow to close");
        }
    }
}

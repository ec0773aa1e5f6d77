package org.homeward.gateway.cxf;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.logging.Logger;
import org.apache.cxf.Bus;
import org.apache.cxf.continuations.SuspendedInvocationException;
import org.apache.cxf.message.ExchangeImpl;
import org.apache.cxf.message.Message;
import org.apache.cxf.message.MessageImpl;
import org.apache.cxf.service.model.EndpointInfo;
import org.apache.cxf.transport.AbstractConduit;
import org.apache.cxf.transport.AbstractDestination;
import org.apache.cxf.transport.Conduit;
import org.apache.cxf.transport.Destination;
import org.apache.cxf.transport.DestinationFactory;
import org.apache.cxf.ws.addressing.EndpointReferenceType;
import org.jspecify.annotations.Nullable;

/** A CXF transport for one endpoint: hands it exchanges, and what it writes back to the exchange it came from. */
final class CwmpTransport implements DestinationFactory {

    private static final String EXCHANGE = CpeExchange.class.getName();
    private static final Logger LOG = Logger.getLogger(CwmpTransport.class.getName());

    private @Nullable Door door;

    @Override
    public Destination getDestination(EndpointInfo endpoint, Bus bus) {
        Door opened = new Door(bus, endpoint);
        door = opened;
        return opened;
    }

    @Override
    public Set<String> getUriPrefixes() {
        return Set.of();
    }

    @Override
    public List<String> getTransportIds() {
        return List.of(CwmpBinding.ID);
    }

    void receive(CpeExchange exchange) {
        Door open = door;
        if (open == null) {
            throw new IllegalStateException("the endpoint is not there");
        }
        open.receive(exchange);
    }

    static CpeExchange exchangeOf(Message message) {
        return Objects.requireNonNull((CpeExchange) message.getExchange().get(EXCHANGE));
    }

    /** What CXF does with what its chain threw: no envelope of ours is the reason, so it is our own error. */
    static void fail(Message message) {
        exchangeOf(message).fail(message.getContent(Exception.class));
    }

    private static final class Door extends AbstractDestination {

        Door(Bus bus, EndpointInfo endpoint) {
            super(bus, new EndpointReferenceType(), endpoint);
        }

        void receive(CpeExchange exchange) {
            Message message = new MessageImpl();
            message.setExchange(new ExchangeImpl());
            message.getExchange().put(EXCHANGE, exchange);
            message.getExchange().setDestination(this);
            try {
                getMessageObserver().onMessage(message);
            } catch (SuspendedInvocationException e) {
                LOG.finest("the exchange rests until its answer is there");
            }
        }

        @Override
        protected Conduit getInbuiltBackChannel(Message in) {
            return new BackChannel(getAddress());
        }

        @Override
        protected Logger getLogger() {
            return LOG;
        }
    }

    private static final class BackChannel extends AbstractConduit {

        BackChannel(EndpointReferenceType target) {
            super(target);
        }

        @Override
        public void prepare(Message out) {
            out.setContent(OutputStream.class, new ByteArrayOutputStream(1024));
        }

        @Override
        public void close(Message out) {
            ByteArrayOutputStream written = (ByteArrayOutputStream) out.getContent(OutputStream.class);
            exchangeOf(out).respond(CwmpBinding.answerOf(out), written.toByteArray());
        }

        @Override
        protected Logger getLogger() {
            return LOG;
        }
    }
}

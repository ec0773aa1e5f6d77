package org.homeward.gateway.cxf;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.cxf.Bus;
import org.apache.cxf.binding.AbstractBindingFactory;
import org.apache.cxf.binding.Binding;
import org.apache.cxf.interceptor.AbstractBasicInterceptorProvider;
import org.apache.cxf.interceptor.Fault;
import org.apache.cxf.interceptor.MessageSenderInterceptor;
import org.apache.cxf.message.Message;
import org.apache.cxf.message.MessageContentsList;
import org.apache.cxf.message.MessageImpl;
import org.apache.cxf.phase.AbstractPhaseInterceptor;
import org.apache.cxf.phase.Phase;
import org.apache.cxf.service.model.BindingInfo;
import org.homeward.gateway.session.Answer;
import org.homeward.gateway.session.Reply;
import org.homeward.gateway.soap.EnvelopeReader;

/**
 * SOAP as CWMP speaks it: several CPE stacks can read only one way of writing an envelope, and send what a strict SOAP
 * 1.1 stack refuses. Reading gives the invoker a {@code Reading}, or nothing for an empty POST; writing takes an
 * {@code Answer}.
 */
final class CwmpBinding extends AbstractBasicInterceptorProvider implements Binding {

    static final String ID = "urn:homeward:cwmp-binding";

    private final BindingInfo info;

    private CwmpBinding(BindingInfo info) {
        this.info = info;
        getInInterceptors().add(new ReadEnvelope());
        getOutInterceptors().add(new MessageSenderInterceptor());
        getOutInterceptors().add(new WriteEnvelope());
    }

    static final class Factory extends AbstractBindingFactory {
        Factory(Bus bus) {
            super(bus, List.of(ID));
        }

        @Override
        public Binding createBinding(BindingInfo info) {
            return new CwmpBinding(info);
        }
    }

    @Override
    public BindingInfo getBindingInfo() {
        return info;
    }

    @Override
    public Message createMessage() {
        return new MessageImpl();
    }

    @Override
    public Message createMessage(Message message) {
        return message;
    }

    private static final class ReadEnvelope extends AbstractPhaseInterceptor<Message> {
        ReadEnvelope() {
            super(Phase.READ);
        }

        @Override
        public void handleMessage(Message message) {
            byte[] body = CwmpTransport.exchangeOf(message).body();
            message.setContent(
                    List.class,
                    body.length == 0 ? new MessageContentsList() : new MessageContentsList(EnvelopeReader.read(body)));
        }
    }

    private static final class WriteEnvelope extends AbstractPhaseInterceptor<Message> {

        WriteEnvelope() {
            super(Phase.WRITE);
        }

        @Override
        public void handleMessage(Message message) {
            if (answerOf(message).reply() instanceof Reply.Envelope envelope) {
                try {
                    message.getContent(OutputStream.class).write(envelope.xml().getBytes(StandardCharsets.UTF_8));
                } catch (IOException e) {
                    throw new Fault(e);
                }
            }
        }
    }

    static Answer answerOf(Message out) {
        return (Answer) MessageContentsList.getContentsList(out).get(0);
    }
}

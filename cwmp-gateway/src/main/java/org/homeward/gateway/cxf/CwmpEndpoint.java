package org.homeward.gateway.cxf;

import java.io.IOException;
import java.util.concurrent.Executor;
import javax.xml.namespace.QName;
import org.apache.cxf.BusException;
import org.apache.cxf.binding.BindingFactory;
import org.apache.cxf.binding.BindingFactoryManager;
import org.apache.cxf.bus.extension.ExtensionManagerBus;
import org.apache.cxf.endpoint.EndpointException;
import org.apache.cxf.endpoint.EndpointImpl;
import org.apache.cxf.endpoint.Server;
import org.apache.cxf.endpoint.ServerImpl;
import org.apache.cxf.interceptor.OutgoingChainInterceptor;
import org.apache.cxf.interceptor.ServiceInvokerInterceptor;
import org.apache.cxf.service.ServiceImpl;
import org.apache.cxf.service.model.EndpointInfo;
import org.apache.cxf.service.model.InterfaceInfo;
import org.apache.cxf.service.model.ServiceInfo;
import org.homeward.gateway.session.Sessions;

/** The CXF server of the CWMP port. Exchanges come in through {@link #receive}. */
public final class CwmpEndpoint implements AutoCloseable {

    private static final String NAMESPACE = "urn:dslforum-org:cwmp";
    private static final QName SERVICE = new QName(NAMESPACE, "Acs");

    private final ExtensionManagerBus bus = new ExtensionManagerBus();
    private final CwmpTransport transport = new CwmpTransport();
    private final Server server;

    /** @param executor where chains go on whose answer took a while */
    public CwmpEndpoint(Sessions sessions, Executor executor) {
        BindingFactory bindings = new CwmpBinding.Factory(bus);
        bus.getExtension(BindingFactoryManager.class).registerBindingFactory(CwmpBinding.ID, bindings);

        ServiceInfo serviceInfo = new ServiceInfo();
        serviceInfo.setName(SERVICE);
        serviceInfo.setInterface(new InterfaceInfo(serviceInfo, SERVICE));
        ServiceImpl service = new ServiceImpl(serviceInfo);
        service.setInvoker(new SessionInvoker(sessions, executor));
        service.getInInterceptors().add(new ServiceInvokerInterceptor());
        service.getInInterceptors().add(new OutgoingChainInterceptor());

        EndpointInfo endpointInfo = new EndpointInfo(serviceInfo, CwmpBinding.ID);
        endpointInfo.setName(new QName(NAMESPACE, "AcsPort"));
        endpointInfo.setAddress("/");
        endpointInfo.setBinding(bindings.createBindingInfo(service, CwmpBinding.ID, null));
        try {
            EndpointImpl endpoint = new EndpointImpl(bus, service, endpointInfo);
            endpoint.setOutFaultObserver(CwmpTransport::fail);
            server = new ServerImpl(bus, endpoint, transport, bindings);
        } catch (EndpointException | BusException | IOException e) {
            throw new IllegalStateException("CXF endpoint", e);
        }
        server.start();
    }

    /**
     * Runs an exchange. Returns when it is answered, or when it rests until its answer is there; never waits for
     * anything. Not for event loops: a large envelope takes milliseconds to read.
     */
    public void receive(CpeExchange exchange) {
        transport.receive(exchange);
    }

    @Override
    public void close() {
        server.destroy();
        bus.shutdown(true);
    }
}

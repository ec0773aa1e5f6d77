package org.homeward.simulator.xmpp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** A TCP connection that XML streams are opened on, one after the other (RFC 6120 4.3.3). One thread reads. */
public final class XmppWire implements AutoCloseable {

    private static final XMLInputFactory XML = XMLInputFactory.newDefaultFactory();

    static {
        XML.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        XML.setProperty(XMLInputFactory.IS_COALESCING, true);
    }

    private Socket socket;
    private @Nullable XMLStreamReader in;

    private XmppWire(Socket socket) {
        this.socket = socket;
    }

    public static XmppWire connect(String host, int port, Duration within) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(host, port), (int) within.toMillis());
            socket.setTcpNoDelay(true);
            return new XmppWire(socket);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private static XMLStreamReader reader(Socket socket) throws IOException {
        try {
            return XML.createXMLStreamReader(new InputStreamReader(socket.getInputStream(), UTF_8));
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
    }

    /** Opens a stream, anew where there was one. @return the id that the server gives it */
    public String open(String domain, String namespace) throws IOException {
        send("<?xml version='1.0'?><stream:stream to='" + domain + "' version='1.0' xmlns='" + namespace
                + "' xmlns:stream='http://etherx.jabber.org/streams'>");
        // A reader reads as soon as it is made, so the other side has to have been spoken to.
        XMLStreamReader opened = reader(socket);
        in = opened;
        try {
            while (opened.next() != XMLStreamConstants.START_ELEMENT) {
                // the XML declaration
            }
            String id = opened.getAttributeValue(null, "id");
            return id == null ? "" : id;
        } catch (XMLStreamException e) {
            throw new IOException("no XMPP stream", e);
        }
    }

    /** Goes on under TLS; the certificate has to name the domain and to be one that the context believes. */
    public void secure(SSLContext tls, String domain) throws IOException {
        SSLSocket secured = (SSLSocket) tls.getSocketFactory().createSocket(socket, domain, socket.getPort(), true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        socket = secured;
    }

    /** The next element of the stream; empty at its end. Blocks. */
    public Optional<Stanza> next() throws IOException {
        XMLStreamReader opened = in;
        if (opened == null) {
            throw new IllegalStateException("no stream is open");
        }
        try {
            while (true) {
                switch (opened.next()) {
                    case XMLStreamConstants.START_ELEMENT -> {
                        return Optional.of(Stanza.read(opened));
                    }
                    case XMLStreamConstants.END_ELEMENT, XMLStreamConstants.END_DOCUMENT -> {
                        return Optional.empty();
                    }
                    default -> {
                        // white space that keeps the connection alive
                    }
                }
            }
        } catch (XMLStreamException | NoSuchElementException e) {
            throw new IOException(e);
        }
    }

    public synchronized void send(String xml) throws IOException {
        socket.getOutputStream().write(xml.getBytes(UTF_8));
        socket.getOutputStream().flush();
    }

    /** For attributes and text. */
    public static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("'", "&apos;")
                .replace("\"", "&quot;");
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException("a socket that cannot be closed", e);
        }
    }
}

package org.homeward.simulator.soap;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * One CWMP message (TR-069 3.5).
 *
 * @param cwmpNamespace {@code urn:dslforum-org:cwmp-1-0} to {@code -1-4}; empty on a fault whose detail has none
 * @param id the ID header, null when absent
 * @param holdRequests the HoldRequests header, false when absent
 * @param payload the one element of the body: a method, a response or a SOAP Fault
 */
public record Envelope(String cwmpNamespace, @Nullable String id, boolean holdRequests, Element payload) {

    public static final String SOAP_NAMESPACE = "http://schemas.xmlsoap.org/soap/envelope/";
    private static final String CWMP_PREFIX = "urn:dslforum-org:cwmp-";
    private static final Set<String> UNDERSTOOD = Set.of("ID", "HoldRequests", "NoMoreRequests", "UseCWMPVersion");
    // The JDK's factory makes independent readers from any thread as long as it is not reconfigured.
    private static final XMLInputFactory FACTORY = factory();

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    /** Writes an envelope the way many CPE stacks do: XML declaration, {@code soap-env} prefixes. */
    public static String write(String cwmpNamespace, @Nullable String id, String body) {
        XmlOut out = new XmlOut()
                .raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<soap-env:Envelope xmlns:soap-env=\"")
                .raw(SOAP_NAMESPACE)
                .raw("\" xmlns:soap-enc=\"http://schemas.xmlsoap.org/soap/encoding/\""
                        + " xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\""
                        + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:cwmp=\"")
                .raw(cwmpNamespace)
                .raw("\">");
        if (id != null) {
            out.open("soap-env:Header").raw("<cwmp:ID soap-env:mustUnderstand=\"1\">");
            out.content(id).close("cwmp:ID").close("soap-env:Header");
        }
        return out.open("soap-env:Body")
                .raw(body)
                .close("soap-env:Body")
                .close("soap-env:Envelope")
                .toString();
    }

    /**
     * Reads an envelope as a careful CPE would: SOAP 1.1, one element in the body, a CWMP namespace, no header that must
     * be understood and is not.
     */
    public static Envelope parse(byte[] xml) throws MalformedEnvelopeException {
        Element root = parseTree(xml);
        if (!root.name().equals("Envelope") || !root.namespace().equals(SOAP_NAMESPACE)) {
            throw new MalformedEnvelopeException("not a SOAP 1.1 envelope: {" + root.namespace() + "}" + root.name());
        }
        @Nullable String id = null;
        boolean hold = false;
        for (Element header : root.child("Header").map(Element::children).orElse(List.of())) {
            if (header.name().equals("ID")) {
                id = header.text();
            } else if (header.name().equals("HoldRequests")) {
                hold = header.text().strip().matches("1|true");
            } else if ("1".equals(header.attributes().get("mustUnderstand")) && !UNDERSTOOD.contains(header.name())) {
                throw new MalformedEnvelopeException("header that must be understood: " + header.name());
            }
        }
        Element body =
                root.child("Body").orElseThrow(() -> new MalformedEnvelopeException("envelope without a SOAP body"));
        if (body.children().size() != 1) {
            throw new MalformedEnvelopeException(
                    "SOAP body with " + body.children().size() + " elements");
        }
        Element payload = body.children().getFirst();
        if (payload.namespace().startsWith(CWMP_PREFIX)) {
            return new Envelope(payload.namespace(), id, hold, payload);
        }
        if (payload.namespace().equals(SOAP_NAMESPACE) && payload.name().equals("Fault")) {
            String namespace = payload.child("detail")
                    .flatMap(d -> d.child("Fault"))
                    .map(Element::namespace)
                    .orElse("");
            return new Envelope(namespace, id, hold, payload);
        }
        throw new MalformedEnvelopeException("not a CWMP message: {" + payload.namespace() + "}" + payload.name());
    }

    /** The message's name: {@code Inform}, {@code GetParameterValuesResponse}, {@code Fault}. */
    public String name() {
        return payload.name();
    }

    /** The fault inside, if this is one. */
    public Optional<CwmpFault> fault() throws MalformedEnvelopeException {
        if (!payload.name().equals("Fault")) {
            return Optional.empty();
        }
        try {
            return Optional.of(CwmpFault.read(payload));
        } catch (IllegalArgumentException e) {
            throw new MalformedEnvelopeException("unreadable fault", e);
        }
    }

    private static Element parseTree(byte[] xml) throws MalformedEnvelopeException {
        try {
            XMLStreamReader reader = FACTORY.createXMLStreamReader(new ByteArrayInputStream(xml));
            try {
                while (reader.next() != XMLStreamConstants.START_ELEMENT) {
                    if (reader.getEventType() == XMLStreamConstants.DTD) {
                        throw new MalformedEnvelopeException("document type declaration");
                    }
                }
                Element root = readElement(reader, 0);
                while (reader.hasNext()) {
                    reader.next();
                }
                return root;
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            throw new MalformedEnvelopeException("unreadable XML: " + e.getMessage(), e);
        }
    }

    private static Element readElement(XMLStreamReader reader, int depth)
            throws XMLStreamException, MalformedEnvelopeException {
        if (depth > 64) {
            throw new MalformedEnvelopeException("XML deeper than 64 elements");
        }
        String namespace = reader.getNamespaceURI() == null ? "" : reader.getNamespaceURI();
        String name = reader.getLocalName();
        Map<String, String> attributes = Map.of();
        if (reader.getAttributeCount() > 0) {
            attributes = new HashMap<>();
            for (int i = 0; i < reader.getAttributeCount(); i++) {
                attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
            }
        }
        List<Element> children = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        while (true) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> children.add(readElement(reader, depth + 1));
                case XMLStreamConstants.END_ELEMENT -> {
                    return new Element(
                            namespace,
                            name,
                            attributes,
                            children,
                            children.isEmpty()
                                    ? text.toString()
                                    : text.toString().strip());
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
                    text.append(reader.getText());
                case XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new MalformedEnvelopeException("undeclared entity " + reader.getLocalName());
                default -> {
                    // Comments and processing instructions carry nothing for a CPE.
                }
            }
        }
    }
}

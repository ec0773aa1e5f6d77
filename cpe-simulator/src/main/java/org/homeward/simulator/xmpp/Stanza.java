package org.homeward.simulator.xmpp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** One element of a stream with all that is in it. Attributes by local name; absent ones read as empty. */
public record Stanza(
        String namespace, String name, Map<String, String> attributes, List<Stanza> children, String text) {

    /** Reads the element that the reader stands at. */
    static Stanza read(XMLStreamReader in) throws XMLStreamException {
        String namespace = in.getNamespaceURI() == null ? "" : in.getNamespaceURI();
        String name = in.getLocalName();
        Map<String, String> attributes = new LinkedHashMap<>();
        for (int i = 0; i < in.getAttributeCount(); i++) {
            attributes.put(in.getAttributeLocalName(i), in.getAttributeValue(i));
        }
        List<Stanza> children = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        while (true) {
            switch (in.next()) {
                case XMLStreamConstants.START_ELEMENT -> children.add(read(in));
                case XMLStreamConstants.CHARACTERS -> text.append(in.getText());
                case XMLStreamConstants.END_ELEMENT -> {
                    return new Stanza(namespace, name, attributes, children, text.toString());
                }
                default -> {
                    // comments and the like are not for us
                }
            }
        }
    }

    public String attribute(String attribute) {
        return attributes.getOrDefault(attribute, "");
    }

    public Optional<Stanza> child(String childName) {
        return children.stream().filter(each -> each.name.equals(childName)).findFirst();
    }

    /** The text of a child; empty when there is none. */
    public String childText(String childName) {
        return child(childName).map(Stanza::text).orElse("");
    }
}

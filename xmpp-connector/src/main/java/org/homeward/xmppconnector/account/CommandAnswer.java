package org.homeward.xmppconnector.account;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * What a server says to a step of an ad-hoc command (XEP-0050 3.4).
 *
 * @param session to go on with; empty for none
 * @param completed whether nothing more is to be done
 * @param errors what it complains of, in its own words
 */
record CommandAnswer(String session, boolean completed, List<String> errors) {

    private static final XMLInputFactory XML = XMLInputFactory.newDefaultFactory();

    static {
        XML.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        XML.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    }

    /** Empty when that is no such answer. */
    static Optional<CommandAnswer> read(String payload) {
        try {
            XMLStreamReader in = XML.createXMLStreamReader(new StringReader(payload));
            if (in.nextTag() != XMLStreamReader.START_ELEMENT
                    || !in.getLocalName().equals("command")) {
                return Optional.empty();
            }
            String session = attribute(in, "sessionid");
            boolean completed = attribute(in, "status").equals("completed");
            List<String> errors = new ArrayList<>();
            while (in.hasNext()) {
                if (in.next() == XMLStreamReader.START_ELEMENT
                        && in.getLocalName().equals("note")
                        && attribute(in, "type").equals("error")) {
                    errors.add(in.getElementText().strip().replace('\n', ' '));
                }
            }
            return Optional.of(new CommandAnswer(session, completed, List.copyOf(errors)));
        } catch (XMLStreamException e) {
            return Optional.empty();
        }
    }

    private static String attribute(XMLStreamReader in, String name) {
        String value = in.getAttributeValue(null, name);
        return value == null ? "" : value;
    }
}

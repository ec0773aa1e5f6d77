package org.homeward.gateway.soap;

import javax.xml.stream.Location;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.homeward.contracts.rpc.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * Walks an XML stream by elements: {@code while (nextChild()) switch (name()) ...}, where each branch consumes its
 * element by {@link #text}, {@link #skip} or a loop of its own. Names are local names: prefixes are the CPE's affair.
 */
final class XmlCursor {

    /** Consumes the element at which the cursor stands. */
    @FunctionalInterface
    interface Element {
        void read() throws XMLStreamException;
    }

    private final XMLStreamReader reader;
    private final Element passOver = this::skip;

    XmlCursor(XMLStreamReader reader) {
        this.reader = reader;
    }

    /** Refuses the envelope for what it says, though it may be well-formed. */
    static final class Refusal extends XMLStreamException {
        private static final long serialVersionUID = 1L;

        private final int faultCode;
        private final String reason;

        Refusal(int faultCode, String reason, Location location) {
            super(reason, location);
            this.faultCode = faultCode;
            this.reason = reason;
        }

        /** Without the place, which {@code getMessage} adds. */
        String reason() {
            return reason;
        }

        int faultCode() {
            return faultCode;
        }

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }

    Refusal refuse(int faultCode, String reason) {
        return new Refusal(faultCode, reason, reader.getLocation());
    }

    /** Moves to the next child of the element that is open; false at its end. */
    boolean nextChild() throws XMLStreamException {
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    return true;
                }
                case XMLStreamConstants.END_ELEMENT, XMLStreamConstants.END_DOCUMENT -> {
                    return false;
                }
                default -> refuseDeclarations();
            }
        }
        return false;
    }

    /** Reads on to the end of the document, so that what follows is well-formed too. */
    void finish() throws XMLStreamException {
        while (reader.hasNext()) {
            reader.next();
        }
    }

    String name() {
        return reader.getLocalName();
    }

    String namespace() {
        String uri = reader.getNamespaceURI();
        return uri == null ? "" : uri;
    }

    /** The text of the element, CDATA and all, exactly as sent; elements inside are passed over. */
    String text() throws XMLStreamException {
        return text(passOver);
    }

    /** The text of an element in which CPEs put what belongs beside it, each of which {@code child} consumes. */
    String text(Element child) throws XMLStreamException {
        String first = "";
        @Nullable StringBuilder more = null;
        while (true) {
            switch (reader.next()) {
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                    String piece = reader.getText();
                    if (first.isEmpty()) {
                        first = piece;
                    } else {
                        more = more == null ? new StringBuilder(first) : more;
                        more.append(piece);
                    }
                }
                case XMLStreamConstants.START_ELEMENT -> child.read();
                case XMLStreamConstants.END_ELEMENT -> {
                    return more == null ? first : more.toString();
                }
                default -> refuseDeclarations();
            }
        }
    }

    /** Passes over the element. */
    void skip() throws XMLStreamException {
        int open = 1;
        while (open > 0) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> open++;
                case XMLStreamConstants.END_ELEMENT -> open--;
                default -> refuseDeclarations();
            }
        }
    }

    /** The texts of those children that are named; others are passed over. */
    Fields fields(String... names) throws XMLStreamException {
        Fields fields = new Fields(names.length);
        while (nextChild()) {
            int index = indexOf(names, name());
            if (index < 0) {
                skip();
            } else {
                fields.set(index, text());
            }
        }
        return fields;
    }

    private static int indexOf(String[] names, String name) {
        for (int i = 0; i < names.length; i++) {
            if (names[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /** What {@code xsi:type} says, whatever its namespace and prefix (CPEs send XMLSchema-instance of 1999 too). */
    ValueType type() {
        for (int i = 0, n = reader.getAttributeCount(); i < n; i++) {
            if (reader.getAttributeLocalName(i).equals("type")) {
                String type = reader.getAttributeValue(i).strip();
                return type.equals("xsd:string") ? ValueType.STRING : ValueType.of(type);
            }
        }
        return ValueType.UNKNOWN;
    }

    private void refuseDeclarations() throws Refusal {
        int event = reader.getEventType();
        if (event == XMLStreamConstants.DTD) {
            throw refuse(8003, "a document type declaration is not allowed");
        }
        if (event == XMLStreamConstants.ENTITY_REFERENCE) {
            throw refuse(8003, "an entity that XML does not define");
        }
    }
}

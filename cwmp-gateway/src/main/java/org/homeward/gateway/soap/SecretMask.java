package org.homeward.gateway.soap;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.LocationInfo;
import org.codehaus.stax2.XMLStreamReader2;
import org.homeward.contracts.rpc.SensitivePaths;
import org.jspecify.annotations.Nullable;

/**
 * Masks the secrets in an envelope of either side, so that transcripts can be read by people: values and fault texts of
 * sensitive parameters, and elements whose own name is sensitive ({@code Password} of a Download). All else stays as it
 * was, byte by byte. An envelope that can't be read and might hold a secret is withheld.
 */
public final class SecretMask {

    static final String MASK = "(secret)";

    private SecretMask() {}

    /** The envelope without its secrets. */
    public static String mask(String xml) {
        String masked = QuickMask.mask(xml);
        return masked != null ? masked : closeLook(xml);
    }

    static String closeLook(String xml) {
        String masked = maskWellFormed(xml);
        if (masked == null) {
            String mended = EnvelopeRepair.mend(xml);
            masked = mended == null ? null : maskWellFormed(mended);
        }
        return masked != null
                ? masked
                : "(" + xml.length() + " characters withheld: they can't be read and may hold secrets)";
    }

    /** Of what parameters are named by. */
    static boolean isNameCharacter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '_' || c > 127;
    }

    /** An element that is open, and what its children have told so far. */
    private static final class Open {
        final String name;
        final int contentStart;
        final StringBuilder text = new StringBuilder();
        final List<Range> values = new ArrayList<>(1);
        boolean namesSecret;

        Open(String name, int contentStart) {
            this.name = name;
            this.contentStart = contentStart;
        }

        boolean isName() {
            return name.equalsIgnoreCase("Name") || name.equalsIgnoreCase("ParameterName");
        }

        boolean isValue() {
            return name.equalsIgnoreCase("Value") || name.equalsIgnoreCase("FaultString");
        }
    }

    /** Characters from start, before end. */
    private record Range(int start, int end) {}

    private static @Nullable String maskWellFormed(String xml) {
        try {
            return cover(
                    xml, secrets((XMLStreamReader2) EnvelopeReader.STAX.createXMLStreamReader(new StringReader(xml))));
        } catch (XMLStreamException e) {
            return null; // the caller withholds it
        }
    }

    private static List<Range> secrets(XMLStreamReader2 reader) throws XMLStreamException {
        List<Range> secrets = new ArrayList<>();
        Deque<Open> open = new ArrayDeque<>();
        LocationInfo place = reader.getLocationInfo();
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT ->
                    open.push(new Open(reader.getLocalName(), (int) place.getEndingCharOffset()));
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    Open current = open.peek();
                    if (current != null && current.isName()) {
                        current.text.append(reader.getText());
                    }
                }
                case XMLStreamConstants.END_ELEMENT ->
                    close(open.pop(), open.peek(), (int) place.getStartingCharOffset(), secrets);
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new XMLStreamException("declarations could hide anything");
                default -> {}
            }
        }
        return secrets;
    }

    private static void close(Open element, @Nullable Open parent, int contentEnd, List<Range> secrets) {
        Range content = new Range(element.contentStart, contentEnd);
        if (SensitivePaths.isSensitive(element.name)) {
            secrets.add(content);
        }
        if (element.namesSecret) {
            secrets.addAll(element.values);
        }
        if (parent != null && element.isName()) {
            parent.namesSecret |=
                    SensitivePaths.isSensitive(element.text.toString().strip());
        }
        if (parent != null && element.isValue()) {
            parent.values.add(content);
        }
    }

    private static String cover(String xml, List<Range> secrets) {
        if (secrets.isEmpty()) {
            return xml;
        }
        secrets.sort(Comparator.comparingInt(Range::start));
        StringBuilder out = new StringBuilder(xml.length());
        int done = 0;
        for (Range secret : secrets) {
            if (secret.end() > secret.start() && secret.start() >= done) {
                out.append(xml, done, secret.start()).append(MASK);
                done = secret.end();
            }
        }
        return out.append(xml, done, xml.length()).toString();
    }
}

package org.homeward.simulator.soap;

/** Appends XML to a string; the caller keeps the tags in balance. */
public final class XmlOut {
    private final StringBuilder out = new StringBuilder(512);

    public XmlOut open(String name) {
        out.append('<').append(name).append('>');
        return this;
    }

    /** Opens a SOAP array of {@code count} elements, such as {@code cwmp:ParameterValueStruct}. */
    public XmlOut openArray(String name, String elementType, int count) {
        out.append('<').append(name).append(" soap-enc:arrayType=\"").append(elementType);
        out.append('[').append(count).append("]\">");
        return this;
    }

    public XmlOut close(String name) {
        out.append("</").append(name).append('>');
        return this;
    }

    public XmlOut text(String name, String value) {
        return open(name).content(value).close(name);
    }

    public XmlOut typed(String name, String xsiType, String value) {
        out.append('<').append(name).append(" xsi:type=\"").append(xsiType).append("\">");
        return content(value).close(name);
    }

    public XmlOut raw(String xml) {
        out.append(xml);
        return this;
    }

    /** Character data, escaped. */
    public XmlOut content(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                case '\r' -> out.append("&#13;");
                case '\t', '\n' -> out.append(c);
                // Characters that XML 1.0 cannot carry at all.
                default -> out.append(c < 0x20 || c == 0xFFFE || c == 0xFFFF ? '?' : c);
            }
        }
        return this;
    }

    @Override
    public String toString() {
        return out.toString();
    }
}

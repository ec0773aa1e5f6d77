package org.homeward.gateway.soap;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Builds XML in the style that all CPE stacks seen can read. What must not be sent is noted as a problem, the first one
 * wins, and the text written meanwhile is still well-formed.
 */
final class XmlOut {

    private final StringBuilder out;
    private final UnaryOperator<String> opener;
    private @Nullable String problem;

    XmlOut(int size, UnaryOperator<String> opener) {
        this.out = new StringBuilder(size);
        this.opener = opener;
    }

    @Nullable
    String problem() {
        return problem;
    }

    void refuse(String reason) {
        problem = problem == null ? reason : problem;
    }

    XmlOut raw(String markup) {
        out.append(markup);
        return this;
    }

    XmlOut open(String name) {
        out.append('<').append(name).append('>');
        return this;
    }

    XmlOut close(String name) {
        out.append("</").append(name).append('>');
        return this;
    }

    XmlOut text(String name, String value) {
        open(name);
        escape(name, value);
        return close(name);
    }

    XmlOut text(String name, String value, int longest) {
        if (value.length() > longest) {
            refuse(name + " is longer than " + longest + " characters");
        }
        return text(name, value);
    }

    XmlOut number(String name, long value) {
        open(name).out.append(value);
        return close(name);
    }

    /** 0 to 2^32-1. */
    XmlOut unsigned(String name, long value) {
        if (value < 0 || value > 0xffff_ffffL) {
            refuse(name + " is not an unsigned 32-bit number");
        }
        return number(name, value);
    }

    /** As {@code 1} or {@code 0}: one common stack knows no other words. */
    XmlOut bool(String name, boolean value) {
        return number(name, value ? 1 : 0);
    }

    /** Opens a sealed text; null is an empty element. */
    XmlOut secret(String name, @Nullable String sealed) {
        return text(name, sealed == null ? "" : opener.apply(sealed), 256);
    }

    String unseal(String sealed) {
        return opener.apply(sealed);
    }

    /** An array of SOAP encoding, with the right count. */
    <T> XmlOut array(String name, String itemType, List<T> items, BiConsumer<XmlOut, T> item) {
        out.append('<').append(name).append(" SOAP-ENC:arrayType=\"").append(itemType);
        out.append('[').append(items.size()).append("]\">");
        for (T each : items) {
            item.accept(this, each);
        }
        return close(name);
    }

    XmlOut strings(String name, List<String> items, int longest) {
        return array(name, "xsd:string", items, (xml, item) -> xml.text("string", item, longest));
    }

    /** Escapes what has a meaning in XML, and notes what XML 1.0 can't carry at all. */
    void escape(String where, String value) {
        int plain = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            String instead;
            if (c == '&') {
                instead = "&amp;";
            } else if (c == '<') {
                instead = "&lt;";
            } else if (c == '>') {
                instead = "&gt;";
            } else if (c == '\r') {
                instead = "&#13;"; // else the parser makes a line feed of it
            } else if (c == '"') {
                instead = "&quot;";
            } else if (XmlText.isLegal(value, i)) {
                if (Character.isHighSurrogate(c)) {
                    i++;
                }
                continue;
            } else {
                refuse(where + " holds a character that XML can't carry (U+%04X)".formatted((int) c));
                instead = XmlText.REPLACEMENT;
            }
            out.append(value, plain, i).append(instead);
            plain = i + 1;
        }
        out.append(value, plain, value.length());
    }

    @Override
    public String toString() {
        return out.toString();
    }
}

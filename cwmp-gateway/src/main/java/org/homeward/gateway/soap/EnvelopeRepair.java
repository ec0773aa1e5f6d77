package org.homeward.gateway.soap;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Mends XML that is broken in the ways CPEs break it, in one pass, after a strict parser gave up: an {@code &} that is
 * not escaped, characters that XML does not allow, bytes that are no UTF-8, text before and after the envelope, prefixes
 * of common names that are not declared. What it makes goes through the strict parser again.
 */
final class EnvelopeRepair {

    /** Beyond this a broken envelope is not worth the work. */
    private static final int MAX_BYTES = 1024 * 1024;

    private static final Pattern REFERENCE =
            Pattern.compile("&(?:(amp|lt|gt|quot|apos)|#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6}));");

    private static final Pattern ROOT = Pattern.compile("<(?:[\\w.-]+:)?Envelope(?=[\\s/>])");

    private static final Map<String, String> COMMON_PREFIXES = Map.of(
            "xsi", "http://www.w3.org/2001/XMLSchema-instance",
            "xsd", "http://www.w3.org/2001/XMLSchema",
            "cwmp", CwmpNamespace.V1_0,
            "SOAP-ENV", "http://schemas.xmlsoap.org/soap/envelope/",
            "soapenv", "http://schemas.xmlsoap.org/soap/envelope/",
            "soap", "http://schemas.xmlsoap.org/soap/envelope/",
            "SOAP-ENC", "http://schemas.xmlsoap.org/soap/encoding/",
            "soapenc", "http://schemas.xmlsoap.org/soap/encoding/");

    private EnvelopeRepair() {}

    /** The mended envelope; null where there is nothing to mend, or too much. */
    static @Nullable String mend(byte[] envelope) {
        return envelope.length > MAX_BYTES ? null : mend(decode(envelope));
    }

    static @Nullable String mend(String text) {
        Matcher root = ROOT.matcher(text);
        if (!root.find() || text.contains("<!DOCTYPE")) {
            return null; // to mend what we refuse would let it in
        }
        String body = text.substring(root.start(), Math.max(root.end(), text.lastIndexOf('>') + 1));
        StringBuilder out = new StringBuilder(body.length() + 512);
        int tagName = root.end() - root.start();
        out.append(body, 0, tagName);
        COMMON_PREFIXES.forEach((prefix, uri) -> {
            if (!body.contains("xmlns:" + prefix + '=') && body.contains(prefix + ':')) {
                out.append(" xmlns:").append(prefix).append("=\"").append(uri).append('"');
            }
        });
        characters(body, tagName, out);
        String mended = out.toString();
        return mended.equals(text) ? null : mended;
    }

    private static void characters(String body, int from, StringBuilder out) {
        Matcher reference = REFERENCE.matcher(body);
        int cdataEnd = -1;
        for (int i = from; i < body.length(); i++) {
            char c = body.charAt(i);
            if (c == '<' && i > cdataEnd && body.startsWith("<![CDATA[", i)) {
                int end = body.indexOf("]]>", i);
                cdataEnd = end < 0 ? body.length() : end;
            }
            if (c == '&' && i > cdataEnd) {
                reference.region(i, body.length());
                if (!reference.lookingAt()) {
                    out.append("&amp;");
                } else {
                    out.append(isLegal(reference) ? reference.group() : XmlText.REPLACEMENT);
                    i = reference.end() - 1;
                }
            } else if (!XmlText.isLegal(body, i)) {
                out.append(XmlText.REPLACEMENT);
            } else {
                out.append(c);
                if (Character.isHighSurrogate(c)) {
                    out.append(body.charAt(++i));
                }
            }
        }
    }

    private static boolean isLegal(Matcher reference) {
        if (reference.group(1) != null) {
            return true;
        }
        String decimal = reference.group(2);
        return XmlText.isLegal(decimal != null ? Integer.parseInt(decimal) : Integer.parseInt(reference.group(3), 16));
    }

    private static String decode(byte[] envelope) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(envelope))
                    .toString();
        } catch (CharacterCodingException e) {
            // what says UTF-8 and isn't was seen to be Latin 1
            return new String(envelope, StandardCharsets.ISO_8859_1);
        }
    }
}

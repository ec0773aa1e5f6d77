package org.homeward.simulator.behaviour;

import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes an envelope anew in a way that means the same and that few would have thought of: other prefixes, no
 * declaration or an odd one, a byte order mark, comments and processing instructions, single quotes, white space inside
 * tags and between them, CDATA and needless entities.
 */
public final class OddXml {
    private static final Pattern DECLARATION = Pattern.compile("^<\\?xml[^>]*>\\s*");
    private static final Pattern TOKEN = Pattern.compile("<[^>]*>|[^<]+");
    private static final Pattern PREFIX = Pattern.compile("(?<=[<\\s\"'/])(soap-env|soap-enc|cwmp|xsd|xsi)(?=:)"
            + "|(?<=xmlns:)(soap-env|soap-enc|cwmp|xsd|xsi)(?==)");
    private static final List<Map<String, String>> PREFIXES = List.of(
            Map.of("soap-env", "SOAP-ENV", "soap-enc", "SOAP-ENC", "cwmp", "cwmp", "xsd", "xsd", "xsi", "xsi"),
            Map.of("soap-env", "s", "soap-enc", "e", "cwmp", "c", "xsd", "x", "xsi", "i"),
            Map.of("soap-env", "ns0", "soap-enc", "ns1", "cwmp", "ns2", "xsd", "ns3", "xsi", "ns4"),
            Map.of("soap-env", "cwmp", "soap-enc", "_", "cwmp", "soap-env", "xsd", "xsi", "xsi", "xsd"));
    private static final List<String> HEADS = List.of(
            "",
            "\uFEFF",
            "<?xml version='1.0' encoding='utf-8' standalone=\"yes\" ?>\r\n",
            "<?xml version=\"1.0\"?><!-- from home -->\n\n");
    private static final List<String> BETWEEN =
            List.of("", "", "\r\n\t", "   \n", "<!-- < & > are fine here -->", "<?note of=\"mine\"?>");

    private OddXml() {}

    /** @param xml an envelope with the prefixes {@code soap-env}, {@code soap-enc}, {@code cwmp}, xsd and xsi */
    public static String of(String xml, RandomGenerator random) {
        Map<String, String> prefixes = PREFIXES.get(random.nextInt(PREFIXES.size()));
        StringBuilder out = new StringBuilder(xml.length() * 2).append(pick(HEADS, random));
        Matcher tokens = TOKEN.matcher(DECLARATION.matcher(xml).replaceFirst(""));
        boolean inLeaf = false;
        boolean first = true;
        while (tokens.find()) {
            String token = tokens.group();
            if (!token.startsWith("<")) {
                out.append(text(token, random));
                continue;
            }
            boolean closes = token.startsWith("</");
            // Between an opening and its closing tag stands a value, to which nothing may be added.
            if (!first && !(inLeaf && closes)) {
                out.append(pick(BETWEEN, random));
            }
            out.append(tag(token, prefixes, random));
            inLeaf = !closes && !token.endsWith("/>");
            first = false;
        }
        return out.append(random.nextBoolean() ? "\n" : "").toString();
    }

    private static String tag(String tag, Map<String, String> prefixes, RandomGenerator random) {
        String renamed = PREFIX.matcher(tag)
                .replaceAll(m -> Matcher.quoteReplacement(prefixes.getOrDefault(m.group(), m.group())));
        if (random.nextBoolean()) {
            renamed = renamed.replace('"', '\'');
        }
        if (random.nextInt(3) == 0) {
            renamed = renamed.replaceFirst("\\s*(/?>)$", random.nextBoolean() ? " $1" : "\n$1");
        }
        return renamed;
    }

    /** Character data that is escaped as {@code XmlOut} does it. */
    private static String text(String escaped, RandomGenerator random) {
        if (escaped.isBlank() || escaped.contains("&#") || escaped.contains("]]")) {
            return escaped;
        }
        return switch (random.nextInt(4)) {
            case 0 -> "<![CDATA[" + unescaped(escaped) + "]]>";
            case 1 -> entities(unescaped(escaped));
            case 2 -> "<![CDATA[]]>" + escaped + "<!-- -->";
            default -> escaped;
        };
    }

    private static String unescaped(String text) {
        return text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&amp;", "&");
    }

    private static String entities(String text) {
        StringBuilder out = new StringBuilder(text.length() * 6);
        text.codePoints()
                .forEach(c -> out.append("&#x").append(Integer.toHexString(c)).append(';'));
        return out.toString();
    }

    private static String pick(List<String> list, RandomGenerator random) {
        return list.get(random.nextInt(list.size()));
    }
}

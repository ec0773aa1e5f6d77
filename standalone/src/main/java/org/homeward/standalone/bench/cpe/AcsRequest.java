package org.homeward.standalone.bench.cpe;

import java.util.ArrayList;
import java.util.List;

/**
 * What an ACS asks, found in its envelope by looking for names rather than by parsing: any prefix, any order. Enough for
 * the ACSs that the benchmark is run against; a parser would cost more than the rest of the client.
 */
record AcsRequest(String xml, String method) {

    static AcsRequest of(String xml) {
        int body = xml.indexOf(":Body");
        if (body < 0) {
            body = xml.indexOf("<Body");
        }
        int start = body < 0 ? -1 : xml.indexOf('<', xml.indexOf('>', body));
        if (start < 0) {
            return new AcsRequest(xml, "");
        }
        int end = start + 1;
        while (end < xml.length() && " />\r\n\t".indexOf(xml.charAt(end)) < 0) {
            end++;
        }
        String name = xml.substring(start + 1, end);
        return new AcsRequest(xml, name.substring(name.indexOf(':') + 1));
    }

    /** The text of the first element of that name, empty if there is none. */
    String text(String element) {
        List<String> all = texts(element, 1);
        return all.isEmpty() ? "" : all.getFirst();
    }

    /** The texts of all elements of that local name, in order. */
    List<String> texts(String element) {
        return texts(element, Integer.MAX_VALUE);
    }

    private List<String> texts(String element, int most) {
        List<String> found = new ArrayList<>();
        int at = 0;
        while (found.size() < most) {
            at = xml.indexOf(element, at);
            if (at < 0) {
                break;
            }
            int after = at + element.length();
            char before = at == 0 ? ' ' : xml.charAt(at - 1);
            char next = after < xml.length() ? xml.charAt(after) : ' ';
            boolean opens = (before == '<' || before == ':' && opensBeforePrefix(at - 1))
                    && (next == '>' || next == '/' || Character.isWhitespace(next));
            at = after;
            if (opens) {
                int close = xml.indexOf('>', after);
                boolean empty = xml.charAt(close - 1) == '/';
                int end = empty ? close : xml.indexOf('<', close);
                found.add(empty ? "" : unescape(xml.substring(close + 1, end)));
                at = end;
            }
        }
        return found;
    }

    /** Whether what stands before a colon is the prefix of an opening tag. */
    private boolean opensBeforePrefix(int colon) {
        int at = colon - 1;
        while (at >= 0 && Character.isLetterOrDigit(xml.charAt(at)) || at >= 0 && "-_".indexOf(xml.charAt(at)) >= 0) {
            at--;
        }
        return at >= 0 && xml.charAt(at) == '<';
    }

    private static String unescape(String text) {
        return text.indexOf('&') < 0
                ? text
                : text.replace("&lt;", "<")
                        .replace("&gt;", ">")
                        .replace("&quot;", "\"")
                        .replace("&apos;", "'")
                        .replace("&amp;", "&");
    }
}

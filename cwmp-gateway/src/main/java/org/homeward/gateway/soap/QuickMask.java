package org.homeward.gateway.soap;

import org.homeward.contracts.rpc.SensitivePaths;
import org.jspecify.annotations.Nullable;

/**
 * Masks secrets in envelopes as nearly all are written, without a parser: one pass looks for words that would be sensitive
 * as the name of a parameter, and knows two places for them. {@code <string>} names a parameter and tells nothing;
 * {@code <Name>}, first in its struct, is followed by the {@code <Value>} to be masked, last in it. Whatever stands
 * elsewhere, and markup that could hide such a word, is for {@link SecretMask} to look at closely.
 */
final class QuickMask {

    private static final String NAME = "<Name>";
    private static final String NAME_END = "</Name>";
    private static final String VALUE = "<Value";
    private static final String VALUE_END = "</Value>";
    private static final String STRING = "<string>";
    private static final String STRING_END = "</string>";

    private final String xml;
    private @Nullable StringBuilder out;
    /** So far {@code out} has what there was. */
    private int done;

    private QuickMask(String xml) {
        this.xml = xml;
    }

    /** The envelope without its secrets; the same where it has none; null where it takes a closer look. */
    static @Nullable String mask(String xml) {
        return new QuickMask(xml).masked();
    }

    private @Nullable String masked() {
        int length = xml.length();
        for (int i = 0; i < length; i++) {
            switch (xml.charAt(i)) {
                case '&' -> {
                    if (xml.startsWith("&#", i)) {
                        return null;
                    }
                }
                case '<' -> {
                    if (xml.startsWith("<!", i)) {
                        return null;
                    }
                }
                case 'p', 'P', 'w', 'W', 's', 'S', 'c', 'C' -> {
                    if (mayBegin(i)) {
                        int start = startOfWord(i);
                        int end = endOfWord(i);
                        if (SensitivePaths.isSensitive(xml.substring(start, end)) && !isInItsPlace(start, end)) {
                            return null;
                        }
                        i = end - 1;
                    }
                }
                default -> {}
            }
        }
        return out == null ? xml : out.append(xml, done, length).toString();
    }

    /** Whether one of the telling parts of names may begin here, judged by three letters. */
    private boolean mayBegin(int at) {
        return switch (lower(at)) {
            case 'p' ->
                switch (lower(at + 1)) {
                    case 'a' -> is(at + 2, 's');
                    case 'w' -> is(at + 2, 'd');
                    case 'r' -> is(at + 2, 'e') || is(at + 2, 'i');
                    case 'i' -> is(at + 2, 'n');
                    case 's' -> is(at + 2, 'k');
                    default -> false;
                };
            case 'w' -> lower(at + 1) == 'e' && is(at + 2, 'p');
            case 's' -> lower(at + 1) == 'e' && is(at + 2, 'c');
            default -> lower(at + 1) == 'o' && is(at + 2, 'm');
        };
    }

    /** Beyond ASCII there are letters that are others in lower case. */
    private boolean is(int at, char letter) {
        char c = lower(at);
        return c == letter || c > 127;
    }

    private char lower(int at) {
        char c = at < xml.length() ? xml.charAt(at) : ' ';
        return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
    }

    private int startOfWord(int from) {
        int start = from;
        while (start > 0 && SecretMask.isNameCharacter(xml.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    private int endOfWord(int from) {
        int end = from;
        while (end < xml.length() && SecretMask.isNameCharacter(xml.charAt(end))) {
            end++;
        }
        return end;
    }

    private boolean isInItsPlace(int start, int end) {
        if (xml.startsWith(STRING, start - STRING.length()) && xml.startsWith(STRING_END, end)) {
            return true;
        }
        return xml.startsWith(NAME, start - NAME.length())
                && isAfterStartTag(start - NAME.length())
                && xml.startsWith(NAME_END, end)
                && coversValue(end + NAME_END.length());
    }

    private boolean isAfterStartTag(int at) {
        int close = at - 1;
        while (close > 0 && isSpace(close)) {
            close--;
        }
        if (close < 2 || xml.charAt(close) != '>' || xml.charAt(close - 1) == '/') {
            return false;
        }
        char first = xml.charAt(xml.lastIndexOf('<', close) + 1);
        return first != '/' && first != '?';
    }

    /** Whether a value and then the end of the struct follow; what the value tells is covered. */
    private boolean coversValue(int from) {
        int value = skipSpace(from);
        int content = xml.indexOf('>', value) + 1;
        if (!xml.startsWith(VALUE, value) || content == 0 || !isWholeTag(value + VALUE.length(), content - 1)) {
            return false;
        }
        int rest;
        if (xml.charAt(content - 2) == '/') {
            rest = content;
        } else {
            int end = xml.indexOf('<', content);
            if (end < 0 || !xml.startsWith(VALUE_END, end)) {
                return false;
            }
            cover(content, end);
            rest = end + VALUE_END.length();
        }
        return xml.startsWith("</", skipSpace(rest));
    }

    /** Whether the tag ends here: a bracket may also stand in an attribute. */
    private boolean isWholeTag(int from, int to) {
        int quotes = 0;
        for (int i = from; i < to; i++) {
            char c = xml.charAt(i);
            if (c == '\'') {
                return false;
            }
            quotes += c == '"' ? 1 : 0;
        }
        return quotes % 2 == 0 && (from == to || isSpace(from) || xml.charAt(from) == '/');
    }

    private void cover(int from, int to) {
        if (from < to) {
            StringBuilder text = out == null ? new StringBuilder(xml.length()) : out;
            text.append(xml, done, from).append(SecretMask.MASK);
            out = text;
            done = to;
        }
    }

    private int skipSpace(int from) {
        int at = from;
        while (at < xml.length() && isSpace(at)) {
            at++;
        }
        return at;
    }

    private boolean isSpace(int at) {
        char c = xml.charAt(at);
        return c == ' ' || c == '\n' || c == '\r' || c == '\t';
    }
}

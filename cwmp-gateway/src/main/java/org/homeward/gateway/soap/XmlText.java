package org.homeward.gateway.soap;

/** What characters XML 1.0 can carry (XML 1.0, production 2). */
final class XmlText {

    /** Stands where an illegal character stood. */
    static final String REPLACEMENT = "\uFFFD";

    private XmlText() {}

    /** Whether the character at this index is legal, of a pair of surrogates both at once. */
    static boolean isLegal(CharSequence text, int index) {
        char c = text.charAt(index);
        if (c >= ' ') {
            if (c < Character.MIN_SURROGATE) {
                return true;
            }
            if (Character.isHighSurrogate(c)) {
                return index + 1 < text.length() && Character.isLowSurrogate(text.charAt(index + 1));
            }
            return c > Character.MAX_SURROGATE && c < '\uFFFE';
        }
        return c == '\t' || c == '\n' || c == '\r';
    }

    static boolean isLegal(int codePoint) {
        return codePoint >= ' ' && codePoint < Character.MIN_SURROGATE
                || codePoint > Character.MAX_SURROGATE && codePoint < 0xFFFE
                || codePoint > 0xFFFF && codePoint <= Character.MAX_CODE_POINT
                || codePoint == '\t'
                || codePoint == '\n'
                || codePoint == '\r';
    }
}

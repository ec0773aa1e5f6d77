package org.homeward.xmppconnector.stream;

/** Text as a stream bears it: one character that XML 1.0 forbids, and the server ends the stream for all. */
public final class XmlText {

    private XmlText() {}

    /** Whether it can be sent, escaped or not (XML 1.0 2.2; control characters that it allows are refused as well). */
    public static boolean isLegal(String text) {
        return text.codePoints()
                .noneMatch(each -> each < 0x20
                        || each >= 0x7f && each < 0xa0
                        || each >= 0xd800 && each < 0xe000
                        || (each & 0xfffe) == 0xfffe);
    }
}

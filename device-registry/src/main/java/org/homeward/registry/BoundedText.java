package org.homeward.registry;

/**
 * What a device said, short enough to keep. Devices may say anything in any length; a text that a database refuses
 * would stop all that came with it.
 */
public final class BoundedText {

    private BoundedText() {}

    /** The text without NUL, which PostgreSQL refuses, cut after so many characters; never between surrogates. */
    public static String of(String text, int maxLength) {
        String kept = text.indexOf('\0') < 0 ? text : text.replace("\0", "");
        if (kept.length() <= maxLength) {
            return kept;
        }
        return kept.substring(0, Character.isHighSurrogate(kept.charAt(maxLength - 1)) ? maxLength - 1 : maxLength);
    }
}

package org.homeward.gateway.soap;

/** What came of reading an envelope. */
public sealed interface Reading {

    /** As far as it could be read: enough to answer with the right ID and namespace. */
    EnvelopeFacts facts();

    /** @param repaired whether the XML was broken and had to be mended first (an unescaped {@code &}, stray bytes) */
    record Read(EnvelopeFacts facts, CpeMessage message, boolean repaired) implements Reading {}

    /**
     * Not an envelope, or one that we refuse.
     *
     * @param reason for people, without content of the envelope
     * @param faultCode 8003 invalid arguments, 8004 too large, 8006 unknown CWMP version
     * @param line from 1; 0 where there is no place to name
     * @param column from 1; 0 where there is no place to name
     */
    record Unreadable(EnvelopeFacts facts, String reason, int faultCode, int line, int column) implements Reading {

        /** Reason and place. */
        public String explain() {
            return line == 0 ? reason : reason + " (line " + line + ", column " + column + ')';
        }
    }
}

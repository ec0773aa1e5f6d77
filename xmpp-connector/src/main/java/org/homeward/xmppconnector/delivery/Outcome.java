package org.homeward.xmppconnector.delivery;

/** What became of asking a device. Causes are for people and say what to do next. */
sealed interface Outcome {

    /** The device took it. */
    record Taken() implements Outcome {}

    /** The device said no. @param status the number that XEP-0086 gives the condition, those of HTTP */
    record Refused(int status, String cause) implements Outcome {}

    /** The device was not asked, or did not answer. */
    record Unreachable(String cause) implements Outcome {}
}

package org.homeward.stunconnector.codec;

/** What bytes turned out to be. */
public sealed interface Reading {

    record Read(StunMessage message) implements Reading {}

    /** Something else that came to our port. */
    record NotStun() implements Reading {}

    /** STUN by its first bytes, but wrong. @param why for people */
    record Malformed(String why) implements Reading {}
}

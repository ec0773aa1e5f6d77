package org.homeward.xmppconnector.account;

/** How opening an account went. */
public sealed interface Opening {

    /** A device can sign in with it. */
    record Opened() implements Opening {}

    /** The server will never do that. @param cause for people, with what to do next */
    record Refused(String cause) implements Opening {}

    /**
     * Not now, whichever account it is about: there is no stream, or the server is not set up for us.
     *
     * @param cause for people, with what to do next
     */
    record Unavailable(String cause) implements Opening {}

    /** The server said nothing, or stumbled, over this very account. @param cause for people */
    record Stumbled(String cause) implements Opening {}
}

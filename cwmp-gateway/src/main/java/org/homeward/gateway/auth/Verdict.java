package org.homeward.gateway.auth;

/** What came of looking at a request's credentials. */
public sealed interface Verdict {

    record Proven(Principal principal) implements Verdict {}

    /** There are none. */
    record Missing() implements Verdict {}

    /** They are right by themselves, but the nonce is too old: with a new one they may be good. */
    record Stale() implements Verdict {}

    /** @param why for people; never says which part of them is wrong to the outside */
    record Wrong(String why) implements Verdict {}
}

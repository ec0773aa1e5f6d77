package org.homeward.httpconnector.delivery;

/** How asking a CPE went. Causes are for people and say what to do next. */
sealed interface Outcome {

    /** The CPE took it. */
    record Delivered() implements Outcome {}

    /** The CPE answered, but not with yes. */
    record Refused(int status, String cause) implements Outcome {}

    /** No answer worth the name, or we may not ask. */
    record Unreachable(String cause) implements Outcome {}
}

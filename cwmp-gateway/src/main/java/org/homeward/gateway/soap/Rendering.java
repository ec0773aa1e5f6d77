package org.homeward.gateway.soap;

/** What came of writing an RPC. */
public sealed interface Rendering {

    /** The envelope, or its body's content; never a log line: secrets stand in it in clear. */
    record Rendered(String xml) implements Rendering {
        @Override
        public String toString() {
            return "Rendered[" + xml.length() + " characters]";
        }
    }

    /** The RPC can't be said in CWMP: a CPE would drop the session over it. @param reason without any value */
    record Refused(String reason) implements Rendering {}
}

package org.homeward.simulator;

import java.time.Duration;
import org.homeward.simulator.soap.CwmpFault;

/** What a CPE does with an RPC; all but {@link Answer} is misbehaviour on demand. */
public sealed interface RpcAction {

    /** Answer as the data model says. */
    record Answer() implements RpcAction {}

    /** Wait first. */
    record Delay(Duration time, RpcAction then) implements RpcAction {}

    /** Answer with a fault; the request has no effect. */
    record Refuse(CwmpFault fault) implements RpcAction {}

    /** Answer with this instead; the text is the whole HTTP body, well-formed or not. */
    record Raw(String body) implements RpcAction {}

    /** Send an empty POST in place of the answer. */
    record EmptyPost() implements RpcAction {}

    /** Close the TCP connection and give the session up. */
    record DropConnection() implements RpcAction {}

    /** Do what was asked, then close the connection without telling. */
    record ActThenDrop() implements RpcAction {}

    static RpcAction answer() {
        return new Answer();
    }

    static RpcAction delay(Duration time) {
        return new Delay(time, new Answer());
    }

    static RpcAction fault(int code) {
        return new Refuse(CwmpFault.of(code));
    }

    static RpcAction raw(String body) {
        return new Raw(body);
    }

    static RpcAction dropConnection() {
        return new DropConnection();
    }
}

package org.homeward.contracts.order;

import org.homeward.contracts.plan.Action;

/** What an order asks for. */
public sealed interface OrderTask {

    /**
     * Play one action in a session of the device.
     *
     * @param type the order's type as in REST: {@code setParameterValues}, {@code refresh}, {@code reboot}, ...
     */
    record Perform(String type, Action action) implements OrderTask {}

    /** Make the device call, and nothing more: done when its session begins. */
    record Connect() implements OrderTask {}

    /** The order's type as in REST. */
    default String type() {
        return switch (this) {
            case Perform perform -> perform.type();
            case Connect connect -> "connectionRequest";
        };
    }
}

package org.homeward.standalone.drill.account;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Every order against what its CPE was told. An order must have ended, and its end must be true: succeeded only if the
 * CPE was told, failed or expired only if it was not, unknown only where a repetition would show.
 */
public final class OrderAccount {

    private final Map<String, String> states;
    private final Effects effects;

    /** @param states by order id, as REST says; an order that REST does not know is not in it */
    public OrderAccount(Map<String, String> states, Effects effects) {
        this.states = states;
        this.effects = effects;
    }

    /** What is wrong with these orders' states. */
    public List<Finding> findings(List<Order> orders) {
        List<Finding> findings = new ArrayList<>();
        for (Order order : orders) {
            String state = states.get(order.id());
            if (state == null) {
                findings.add(new Finding(Finding.Kind.LOST, name(order) + " was accepted, and REST does not know it"));
            } else {
                String why = whyUntrue(order, state);
                if (!why.isEmpty()) {
                    findings.add(new Finding(Finding.Kind.UNTRUE, name(order) + " is " + state + ", but " + why));
                }
            }
        }
        return findings;
    }

    /** Whether an order of this state has ended. */
    public static boolean isEnd(String state) {
        return switch (state) {
            case "succeeded", "failed", "unknown", "expired", "cancelled" -> true;
            default -> false;
        };
    }

    private String whyUntrue(Order order, String state) {
        int told = effects.timesTold(order);
        return switch (state) {
            case "succeeded" -> whySucceededIsUntrue(order, told);
            case "failed" ->
                order.kind() == Order.Kind.IMPOSSIBLE || told == 0 || harmless(order) ? "" : "the CPE did it";
            case "expired" -> told == 0 || harmless(order) ? "" : "the CPE did it";
            case "cancelled" -> "nobody cancelled it";
            case "unknown" -> repeatable(order) ? "it could have been done again" : "";
            default -> "all that it waits for is there";
        };
    }

    private String whySucceededIsUntrue(Order order, int told) {
        return switch (order.kind()) {
            case IMPOSSIBLE -> "there is no such parameter";
            case READ -> "";
            case ADD, ADD_WITH_VALUES, REBOOT -> told > 0 ? "" : "the CPE was not told";
            case WRITE ->
                told == 0
                        ? "the CPE was not told"
                        : effects.isLastWrite(order) && !effects.holds(order) ? "the CPE does not hold it" : "";
        };
    }

    private static boolean harmless(Order order) {
        return order.kind() == Order.Kind.READ || order.kind() == Order.Kind.IMPOSSIBLE;
    }

    private static boolean repeatable(Order order) {
        return switch (order.kind()) {
            case WRITE, READ, IMPOSSIBLE -> true;
            case ADD, ADD_WITH_VALUES, REBOOT -> false;
        };
    }

    private static String name(Order order) {
        return order.kind() + " order " + order.id() + " on " + order.device();
    }
}

package org.homeward.standalone.drill.account;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What CPEs were told, by order, and what their data models hold. */
public final class Effects {

    private record Call(String method, String key) {}

    private record Place(String device, String path) {}

    private final Map<Call, Integer> times = new HashMap<>();
    private final Map<Place, List<String>> writes = new HashMap<>();
    private final Map<String, Map<String, String>> held;

    /**
     * @param told in the order in which each CPE was told
     * @param held values by path, by device
     */
    public Effects(List<Told> told, Map<String, Map<String, String>> held) {
        this.held = held;
        told.forEach(this::add);
    }

    private void add(Told told) {
        if (told.key().isEmpty()) {
            return;
        }
        times.merge(new Call(told.method(), told.key()), 1, Integer::sum);
        if (told.method().equals("SetParameterValues")) {
            told.values().keySet().forEach(path -> {
                List<String> keys = writes.computeIfAbsent(new Place(told.device(), path), none -> new ArrayList<>());
                if (keys.isEmpty() || !keys.getLast().equals(told.key())) {
                    keys.add(told.key());
                }
            });
        }
    }

    /** How often the CPE got the RPC that makes this order's effect. */
    int timesTold(Order order) {
        return times.getOrDefault(new Call(method(order.kind()), order.key()), 0);
    }

    /** Whether no other order has written to the same place since. */
    public boolean isLastWrite(Order order) {
        List<String> keys = writes.getOrDefault(new Place(order.device(), order.path()), List.of());
        return !keys.isEmpty() && keys.getLast().equals(order.key());
    }

    boolean holds(Order order) {
        return order.value().equals(held.getOrDefault(order.device(), Map.of()).get(order.path()));
    }

    /** Effects that show more than once: a second object, a second reboot, an old value that came back. */
    public List<Finding> doubled(List<Order> orders) {
        List<Finding> findings = new ArrayList<>();
        for (Order order : orders) {
            int told = timesTold(order);
            boolean shows = switch (order.kind()) {
                case ADD, ADD_WITH_VALUES, REBOOT -> true;
                case WRITE, READ, IMPOSSIBLE -> false;
            };
            if (shows && told > 1) {
                findings.add(new Finding(
                        Finding.Kind.DOUBLED,
                        order.device() + " was told " + told + " times to " + method(order.kind()) + " for order "
                                + order.id()));
            }
        }
        writes.forEach((place, keys) -> cameBack(keys)
                .forEach(key -> findings.add(new Finding(
                        Finding.Kind.DOUBLED,
                        place.device() + " was told again to write " + place.path() + " for order " + key
                                + ", after a later order had written it"))));
        return findings;
    }

    private static Set<String> cameBack(List<String> keys) {
        Set<String> seen = new HashSet<>();
        Set<String> twice = new HashSet<>();
        keys.forEach(key -> {
            if (!seen.add(key)) {
                twice.add(key);
            }
        });
        return twice;
    }

    private static String method(Order.Kind kind) {
        return switch (kind) {
            case WRITE, IMPOSSIBLE -> "SetParameterValues";
            case ADD, ADD_WITH_VALUES -> "AddObject";
            case REBOOT -> "Reboot";
            case READ -> "GetParameterValues";
        };
    }
}

package org.homeward.standalone.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.homeward.standalone.drill.account.Books;
import org.homeward.standalone.drill.account.Effects;
import org.homeward.standalone.drill.account.Finding;
import org.homeward.standalone.drill.account.Inform;
import org.homeward.standalone.drill.account.InformAccount;
import org.homeward.standalone.drill.account.Order;
import org.homeward.standalone.drill.account.OrderAccount;
import org.homeward.standalone.drill.account.SessionLine;
import org.homeward.standalone.drill.load.Cpes;
import org.homeward.standalone.drill.load.Operators;
import org.homeward.standalone.drill.load.Registry;
import org.homeward.standalone.drill.load.Registry.Unanswered;
import org.homeward.standalone.drill.load.Rest;
import org.homeward.standalone.drill.site.Site;

/**
 * Lets a system come to rest after a drill and draws up the accounts: waits until every order has ended, has every CPE call
 * once more, waits until the consumers have caught up, and compares.
 */
final class Audit {

    /** Nothing that an order waits for takes longer once all is back, with the timers that the drill sets. */
    private static final Duration ORDERS_END_WITHIN = Duration.ofMinutes(6);

    private static final Duration CAUGHT_UP_WITHIN = Duration.ofMinutes(3);

    private final Registry registry;
    private final Books books;
    private final Cpes cpes;
    private final Operators operators;
    private final PutAside putAside;
    private final Map<String, String> states = new HashMap<>();
    private final Map<String, List<SessionLine>> sessions = new HashMap<>();

    Audit(Site site, Rest rest, Books books, Cpes cpes, Operators operators) throws InterruptedException {
        this.registry = new Registry(rest);
        this.books = books;
        this.cpes = cpes;
        this.operators = operators;
        this.putAside = new PutAside(site);
    }

    /** The states that orders ended in, by order id. */
    Map<String, String> states() {
        return states;
    }

    /** @param correction how times that the services said are to be read */
    List<Finding> settle(UnaryOperator<Instant> correction) throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        operators.stop();
        cpes.calmDown();
        try {
            awaitEndOfOrders();
            findings.addAll(cpes.rollCall());
            awaitSessions(correction);
            readOrders(devices());
            findings.addAll(compare());
        } catch (Unanswered e) {
            findings.add(new Finding(Finding.Kind.STUCK, e.getMessage() + ", although all is back"));
        }
        if (operators.unconfirmed() > 0) {
            findings.add(new Finding(
                    Finding.Kind.STUCK, operators.unconfirmed() + " orders could not be placed, although all is back"));
        }
        findings.addAll(operators.refused());
        findings.addAll(books.answerFindings());
        findings.addAll(putAside.findings());
        return findings;
    }

    private void awaitEndOfOrders() throws Unanswered, InterruptedException {
        Instant deadline = Instant.now().plus(ORDERS_END_WITHIN);
        Set<String> open = new HashSet<>(devices());
        while (Instant.now().isBefore(deadline) && !(open.isEmpty() && operators.unconfirmed() == 0)) {
            Thread.sleep(1_000);
            readOrders(open.isEmpty() ? devices() : open);
            open = books.orders().stream()
                    .filter(order -> !OrderAccount.isEnd(states.getOrDefault(order.id(), "unseen")))
                    .map(Order::device)
                    .collect(Collectors.toSet());
        }
    }

    private Set<String> devices() {
        return books.orders().stream().map(Order::device).collect(Collectors.toSet());
    }

    private void readOrders(Set<String> devices) throws Unanswered, InterruptedException {
        for (String device : devices) {
            states.putAll(registry.orders(device));
        }
    }

    private void awaitSessions(UnaryOperator<Instant> correction) throws Unanswered, InterruptedException {
        Instant deadline = Instant.now().plus(CAUGHT_UP_WITHIN);
        Set<String> behind =
                books.informs().stream().map(Inform::device).collect(Collectors.toCollection(HashSet::new));
        while (!behind.isEmpty()) {
            for (String device : behind) {
                sessions.put(
                        device,
                        registry.sessions(device).stream()
                                .map(line ->
                                        new SessionLine(line.id(), correction.apply(line.startedAt()), line.events()))
                                .toList());
            }
            behind = InformAccount.unpaid(books.informs(), sessions).stream()
                    .map(Inform::device)
                    .collect(Collectors.toSet());
            if (Instant.now().isAfter(deadline)) {
                return;
            }
            Thread.sleep(500);
        }
    }

    private List<Finding> compare() throws Unanswered, InterruptedException {
        Map<String, Map<String, String>> held = cpes.held();
        Effects effects = books.effects(held);
        List<Order> orders = books.orders();
        List<Finding> findings = new ArrayList<>(InformAccount.findings(books.informs(), sessions));
        findings.addAll(new OrderAccount(states, effects).findings(orders));
        findings.addAll(effects.doubled(orders));
        findings.addAll(placedTwice(orders));
        findings.addAll(staleTwins(held, effects, orders));
        return findings;
    }

    /** A caller who says the same again with the same key must find the same order. */
    private List<Finding> placedTwice(List<Order> orders) {
        Set<String> placed = orders.stream().map(Order::id).collect(Collectors.toSet());
        return states.keySet().stream()
                .filter(id -> !placed.contains(id) && operators.unconfirmed() == 0)
                .map(id -> new Finding(Finding.Kind.DOUBLED, "order " + id + " was made by a repeated request"))
                .toList();
    }

    /** What a device held when it was read back after the last order must be what the registry shows. */
    private List<Finding> staleTwins(Map<String, Map<String, String>> held, Effects effects, List<Order> orders)
            throws Unanswered, InterruptedException {
        List<Finding> findings = new ArrayList<>();
        for (Order order : orders) {
            if (order.kind() == Order.Kind.WRITE
                    && effects.isLastWrite(order)
                    && "succeeded".equals(states.get(order.id()))) {
                String shown = registry.values(order.device(), order.path()).getOrDefault(order.path(), "nothing");
                String is = held.getOrDefault(order.device(), Map.of()).getOrDefault(order.path(), "");
                if (!shown.equals(is)) {
                    findings.add(new Finding(
                            Finding.Kind.LOST,
                            "the registry shows " + shown + " for " + order.path() + " of " + order.device()
                                    + ", which holds " + is));
                }
            }
        }
        return findings;
    }
}

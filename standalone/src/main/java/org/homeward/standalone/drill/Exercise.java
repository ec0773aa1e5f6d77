package org.homeward.standalone.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.homeward.standalone.drill.account.Books;
import org.homeward.standalone.drill.account.Finding;
import org.homeward.standalone.drill.load.Cpes;
import org.homeward.standalone.drill.load.Operators;
import org.homeward.standalone.drill.load.Rest;
import org.homeward.standalone.drill.site.Site;

/** One drill from its first session to its accounts. */
final class Exercise {

    private static final int WARM_UP_SESSIONS = 2;

    private final Site site;
    private final Screen screen;
    private final Load load;

    /**
     * How much is going on.
     *
     * @param devices how many CPEs call
     * @param betweenOrders time from one order to the next
     */
    record Load(int devices, Duration betweenOrders, long seed) {}

    Exercise(Site site, Screen screen, Load load) {
        this.site = site;
        this.screen = screen;
        this.load = load;
    }

    /** Does it; what goes wrong on the way is a finding, too. */
    Outcome run(String name, Harm harm) throws InterruptedException {
        Instant began = Instant.now();
        Books books = new Books();
        site.onOutage(books::outage);
        List<Finding> findings = new ArrayList<>();
        String did = "broke off";
        Audit audit;
        try (Rest rest = new Rest(site.rest(), site.tokens());
                Cpes cpes = new Cpes(site.acs(), site.factory(), load.devices(), load.seed(), books);
                Operators operators = new Operators(rest, cpes, books, load.betweenOrders(), load.seed())) {
            audit = new Audit(site, rest, books, cpes, operators);
            screen.show(() -> name + ": " + books.sessions() + " sessions, " + books.orderCount() + " orders, "
                    + operators.unconfirmed() + " unconfirmed, answers " + books.answerCounts());
            Stage stage = new Stage(site, cpes, books, screen, new Random(load.seed()));
            try {
                cpes.start(load.devices() * 3 / 4);
                stage.await(
                        "first contacts",
                        Duration.ofMinutes(6),
                        () -> cpes.registeredCount() >= load.devices() * 3 / 4
                                && books.sessions() >= load.devices() * WARM_UP_SESSIONS);
                operators.start();
                stage.await("first orders", Duration.ofMinutes(5), () -> books.orderCount() >= 10);
                screen.say(name + ": " + cpes.registeredCount() + " CPEs call, orders come in");
                did = harm.on(stage);
                cpes.start(load.devices());
                stage.awaitService();
                findings.addAll(stage.findings());
            } catch (Exception e) { // what a harm declares; the accounts are looked at all the same
                findings.add(new Finding(Finding.Kind.STUCK, "the drill broke off: " + e));
                findings.addAll(stage.findings());
                stage.restore();
            }
            screen.say(name + ": all is back; waits for orders to end, then holds the books against the system");
            findings.addAll(audit.settle(stage.correction()));
            screen.show(() -> "");
        }
        Map<String, Integer> orders = audit.states().values().stream()
                .collect(Collectors.toMap(state -> state, state -> 1, Integer::sum, java.util.TreeMap::new));
        return new Outcome(
                name,
                did,
                books.sessions(),
                books.informs().size(),
                orders,
                books.answerCounts(),
                findings,
                Duration.between(began, Instant.now()).toMillis() / 1000.0,
                "");
    }
}

package org.homeward.standalone.drill.load;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.homeward.simulator.SimulatedCpe;
import org.homeward.standalone.drill.account.Books;
import org.homeward.standalone.drill.account.Finding;
import org.homeward.standalone.drill.account.Order;
import org.homeward.standalone.drill.account.Order.Kind;
import org.homeward.standalone.drill.load.Rest.Reply;

/**
 * Callers of REST that place orders on devices at random, each with an Idempotency-Key, and say the same again until they
 * are told that it was taken in: whoever does so must find one order, not two.
 */
public final class Operators implements AutoCloseable {

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(1_500);

    /** While so many are not confirmed nobody orders more. */
    private static final int MOST_WAITING = 60;

    private static final Kind[] MIX = {
        Kind.WRITE,
        Kind.WRITE,
        Kind.WRITE,
        Kind.WRITE,
        Kind.WRITE,
        Kind.ADD,
        Kind.ADD_WITH_VALUES,
        Kind.REBOOT,
        Kind.READ,
        Kind.IMPOSSIBLE
    };

    private final Rest rest;
    private final Cpes cpes;
    private final Books books;
    private final Random random;
    private final Duration gap;
    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();
    private final List<Finding> refused = new ArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final CountDownLatch giveUp = new CountDownLatch(1);
    private final Thread thread = Thread.ofVirtual().name("operators").unstarted(this::keepOrdering);

    /** @param gap between two orders */
    public Operators(Rest rest, Cpes cpes, Books books, Duration gap, long seed) {
        this.rest = rest;
        this.cpes = cpes;
        this.books = books;
        this.gap = gap;
        this.random = new Random(seed);
    }

    public void start() {
        thread.start();
    }

    /** Places no more orders; those on their way are still said again until they are taken in. */
    public void stop() {
        end.countDown();
    }

    /** Orders that nobody has confirmed yet. */
    public int unconfirmed() {
        return waiting.get();
    }

    /** Orders that were turned down although nothing was wrong with them. */
    public List<Finding> refused() {
        synchronized (refused) {
            return List.copyOf(refused);
        }
    }

    private void keepOrdering() {
        try {
            while (!end.await(gap.toMillis(), TimeUnit.MILLISECONDS)) {
                List<SimulatedCpe> known = cpes.registered();
                if (!known.isEmpty() && waiting.get() < MOST_WAITING) {
                    SimulatedCpe cpe = known.get(random.nextInt(known.size()));
                    Kind kind = MIX[random.nextInt(MIX.length)];
                    waiting.incrementAndGet();
                    Thread.ofVirtual().name("operator").start(() -> place(cpe, kind));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void place(SimulatedCpe cpe, Kind kind) {
        String value = run + "-" + numbers.incrementAndGet();
        String device = Cpes.id(cpe.identity());
        String body = body(cpe, kind, value).toString();
        try {
            do {
                books.orderPosted();
                Reply reply = rest.post("/api/devices/" + Rest.inPath(device) + "/orders", value, body);
                if (reply.isOk()) {
                    books.placed(new Order(reply.body().path("id").asText(), device, kind, path(cpe, kind), value));
                    waiting.decrementAndGet();
                    return;
                }
                if (reply.status() == 400 || reply.status() == 409 || reply.status() == 422) {
                    synchronized (refused) {
                        refused.add(new Finding(
                                Finding.Kind.UNTRUE,
                                kind + " order on " + device + " was refused: " + reply.status() + " "
                                        + reply.body().path("detail").asText()));
                    }
                    waiting.decrementAndGet();
                    return;
                }
            } while (!giveUp.await(BETWEEN_TRIES.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String path(SimulatedCpe cpe, Kind kind) {
        return switch (kind) {
            case WRITE -> Paths.wifiName(cpe);
            case ADD, ADD_WITH_VALUES -> Paths.portMappings(cpe);
            case REBOOT, READ, IMPOSSIBLE -> "";
        };
    }

    private static ObjectNode body(SimulatedCpe cpe, Kind kind, String value) {
        ObjectNode order = JsonNodeFactory.instance.objectNode();
        switch (kind) {
            case WRITE ->
                order.put("type", "setParameterValues").putObject("values").put(Paths.wifiName(cpe), value);
            case IMPOSSIBLE ->
                order.put("type", "setParameterValues").putObject("values").put(Paths.missing(cpe), value);
            case ADD -> order.put("type", "addObject").put("object", Paths.portMappings(cpe));
            case ADD_WITH_VALUES ->
                order.put("type", "addObject")
                        .put("object", Paths.portMappings(cpe))
                        .putObject("values")
                        .put(Paths.description(cpe), value);
            case REBOOT -> order.put("type", "reboot");
            case READ ->
                order.put("type", "getParameterValues").putArray("paths").add(Paths.wifiName(cpe));
        }
        return order;
    }

    @Override
    public void close() {
        end.countDown();
        giveUp.countDown();
    }
}

package org.homeward.standalone.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.homeward.standalone.bench.server.RestClient;

/** Operators at work: orders at a steady rate, in turn over some devices, each waited for. */
final class OrderLoad {

    private final RestClient rest;
    private final List<OrderBench.Goal> goals;
    private final double perSecond;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("operators").factory());
    private final ExecutorService operators = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger placed = new AtomicInteger();
    private final List<Double> millis = Collections.synchronizedList(new ArrayList<>());
    private final List<String> failures = Collections.synchronizedList(new ArrayList<>());

    OrderLoad(RestClient rest, List<OrderBench.Goal> goals, double perSecond) {
        this.rest = rest;
        this.goals = List.copyOf(goals);
        this.perSecond = perSecond;
    }

    void start() {
        long between = (long) (1e9 / perSecond);
        var ticking =
                clock.scheduleAtFixedRate(() -> operators.execute(this::place), between, between, TimeUnit.NANOSECONDS);
        if (ticking.isDone()) {
            throw new IllegalStateException("the operators do not work");
        }
    }

    private void place() {
        int number = placed.getAndIncrement();
        long began = System.nanoTime();
        try {
            JsonNode order = goals.get(number % goals.size()).order(rest, "storm-" + number);
            millis.add((System.nanoTime() - began) / 1e6);
            if (!order.path("state").asText().equals("succeeded")) {
                failures.add(OrderBench.failure(order));
            }
        } catch (IOException e) {
            failures.add(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            failures.add("interrupted");
            Thread.currentThread().interrupt();
        }
    }

    /** Gives no more orders and waits for the ends of those that were given. */
    void stop() {
        clock.shutdownNow();
        operators.close();
    }

    /** How long those took that ended after so many others, in milliseconds. */
    List<Double> endedSince(int others) {
        synchronized (millis) {
            return List.copyOf(millis.subList(others, millis.size()));
        }
    }

    Percentiles millis() {
        return Percentiles.of(millis.stream().mapToDouble(Double::doubleValue).toArray());
    }

    List<String> failures() {
        return List.copyOf(failures);
    }
}

package org.homeward.standalone.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.homeward.standalone.bench.server.RestClient;

/**
 * How long an order takes that changes the Wi-Fi name of a device that can be reached: from the REST call, over
 * connection request, session, writing and reading back, to the result in the caller's hand. One at a time, in turn
 * over some simulated CPEs, each with a new name, so that every order has something to write.
 */
final class OrderBench {

    private final RestClient rest;
    private final Terminal terminal;

    OrderBench(RestClient rest, Terminal terminal) {
        this.rest = rest;
        this.terminal = terminal;
    }

    /** A device and the parameter to change there. */
    record Goal(String device, String wifiName) {

        /** Gives it a name and waits for the order's end. */
        JsonNode order(RestClient rest, String name) throws IOException, InterruptedException {
            ObjectNode order = JsonNodeFactory.instance.objectNode().put("type", "setParameterValues");
            order.putObject("values").put(wifiName, name);
            return rest.order(device, order);
        }
    }

    /** @param failures orders that did not succeed, in words */
    record Result(int devices, Percentiles millis, List<String> failures) {}

    /** @param warmUp orders before the first that counts */
    Result run(List<Goal> goals, int orders, int warmUp) throws IOException, InterruptedException {
        for (int i = 0; i < warmUp; i++) {
            goals.get(i % goals.size()).order(rest, "warm-" + i);
        }
        double[] millis = new double[orders];
        List<String> failures = new ArrayList<>();
        for (int i = 0; i < orders; i++) {
            long start = System.nanoTime();
            JsonNode order = goals.get(i % goals.size()).order(rest, "bench-" + i);
            millis[i] = (System.nanoTime() - start) / 1e6;
            if (!order.path("state").asText().equals("succeeded")) {
                failures.add(failure(order));
            }
            if ((i + 1) % 100 == 0) {
                terminal.say((i + 1) + " of " + orders + " orders");
            }
        }
        return new Result(goals.size(), Percentiles.of(millis), failures);
    }

    static String failure(JsonNode order) {
        return order.path("id").asText() + " " + order.path("state").asText() + " "
                + order.path("fault").path("text").asText();
    }
}

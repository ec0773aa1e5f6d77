package org.homeward.standalone.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * How long an order takes that changes the Wi-Fi name of a device that can be reached: from the REST call, over
 * connection request, session, writing and reading back, to the result in the caller's hand. One at a time, in turn
 * over the simulated CPEs of a running system, each with a new name, so that every order has something to write.
 */
final class OrderBench {

    private static final int DEVICES = 25;

    private final RestClient rest;
    private final PrintStream out;

    OrderBench(RestClient rest, PrintStream out) {
        this.rest = rest;
        this.out = out;
    }

    /** @param warmUp orders before the first that counts */
    Result run(int orders, int warmUp) throws IOException, InterruptedException {
        List<Target> targets = targets();
        for (int i = 0; i < warmUp; i++) {
            place(targets.get(i % targets.size()), i);
        }
        double[] millis = new double[orders];
        List<String> failures = new ArrayList<>();
        for (int i = 0; i < orders; i++) {
            long start = System.nanoTime();
            JsonNode order = place(targets.get(i % targets.size()), warmUp + i);
            millis[i] = (System.nanoTime() - start) / 1e6;
            if (!order.path("state").asText().equals("succeeded")) {
                failures.add(
                        order.path("id").asText() + " " + order.path("state").asText() + " "
                                + order.path("fault").path("text").asText());
            }
            if ((i + 1) % 50 == 0) {
                out.println("  " + (i + 1) + " of " + orders + " orders");
            }
        }
        return new Result(targets.size(), Percentiles.of(millis), failures);
    }

    private List<Target> targets() throws IOException, InterruptedException {
        List<Target> targets = new ArrayList<>();
        for (JsonNode device : rest.get(
                        "/api/devices?q=manufacturer==%22Homeward*%22;online==true&sort=-lastInform&limit=" + DEVICES)
                .path("items")) {
            targets.add(new Target(
                    device.path("id").asText(),
                    device.path("root").asText().equals("Device.")
                            ? "Device.WiFi.SSID.1.SSID"
                            : "InternetGatewayDevice.LANDevice.1.WLANConfiguration.1.SSID"));
        }
        if (targets.isEmpty()) {
            throw new IOException("no simulated CPE is online: start some with ./homeward up --demo 25");
        }
        return targets;
    }

    private JsonNode place(Target target, int number) throws IOException, InterruptedException {
        ObjectNode order = JsonNodeFactory.instance.objectNode().put("type", "setParameterValues");
        order.putObject("values").put(target.wifiName(), "bench-" + number);
        return rest.order(target.device(), order);
    }

    private record Target(String device, String wifiName) {}

    record Result(int devices, Percentiles millis, List<String> failures) {}
}

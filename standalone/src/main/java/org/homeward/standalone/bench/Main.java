package org.homeward.standalone.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * {@code ./homeward bench [order]}: prints a table and writes JSON. Exit code 0 when every order succeeded, 1 when not,
 * 2 when it could not be run.
 */
public final class Main {

    private static final String USAGE = """
            usage: ./homeward bench [order] [--orders N] [--warm-up N] [--port-offset K] [--json FILE]
              order   how long an order takes, from the REST call to the value read back (default)
            It measures a running system: start one with ./homeward up --demo 25""";

    private Main() {}

    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try {
            System.exit(run(args, out));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + System.lineSeparator() + USAGE);
            System.exit(2);
        } catch (IOException e) {
            System.err.println("bench: "
                    + (e.getMessage() == null ? "nobody answers; is ./homeward up running?" : e.getMessage()));
            System.exit(2);
        } catch (InterruptedException e) {
            System.exit(130);
        }
    }

    private static int run(String[] args, PrintStream out) throws IOException, InterruptedException {
        int orders = 500;
        int warmUp = 50;
        int offset = 0;
        Path file = Path.of("target", "bench-order.json");
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "order" -> {
                    continue;
                }
                case "--orders" -> orders = number(args, ++i);
                case "--warm-up" -> warmUp = number(args, ++i);
                case "--port-offset" -> offset = number(args, ++i);
                case "--json" -> file = Path.of(value(args, ++i));
                default -> throw new IllegalArgumentException("unknown: " + args[i]);
            }
        }
        String token = System.getenv("HOMEWARD_TOKEN");
        if (token == null) {
            throw new IllegalArgumentException("HOMEWARD_TOKEN is not set; ./homeward bench sets it");
        }
        try (RestClient rest = new RestClient(URI.create("http://127.0.0.1:" + (8080 + offset)), token)) {
            out.println("Orders, one at a time; " + warmUp + " to warm up, " + orders + " that count");
            OrderBench.Result result = new OrderBench(rest, out).run(orders, warmUp);
            Percentiles p = result.millis();
            out.printf(
                    Locale.ROOT,
                    "%norders  devices  failed  p50 ms  p95 ms  p99 ms  max ms%n%6d  %7d  %6d  %6.1f  %6.1f  %6.1f  %6.1f%n",
                    p.count(),
                    result.devices(),
                    result.failures().size(),
                    p.p50(),
                    p.p95(),
                    p.p99(),
                    p.max());
            result.failures().forEach(failure -> out.println("failed: " + failure));
            Path parent = file.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.writeString(
                    file,
                    new ObjectMapper()
                            .writerWithDefaultPrettyPrinter()
                            .writeValueAsString(Map.of("scenario", "order", "result", result)));
            out.println("written to " + file);
            return result.failures().isEmpty() ? 0 : 1;
        }
    }

    private static String value(String[] args, int i) {
        if (i >= args.length) {
            throw new IllegalArgumentException(args[i - 1] + " needs a value");
        }
        return args[i];
    }

    private static int number(String[] args, int i) {
        try {
            int number = Integer.parseInt(value(args, i));
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below, together with negative ones
        }
        throw new IllegalArgumentException(args[i - 1] + " needs a whole number from 0");
    }
}

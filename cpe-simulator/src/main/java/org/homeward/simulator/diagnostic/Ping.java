package org.homeward.simulator.diagnostic;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * IPPing and IPPingDiagnostics. Nothing is sent: times and losses are invented from chance. Hosts under {@code
 * .invalid} do not resolve.
 *
 * @param random where the times come from
 */
public record Ping(RandomGenerator random) implements Diagnostic {
    private static final int LOSS_ONE_IN = 50;

    @Override
    public String run(DiagnosticObject object) {
        int wanted = object.number("NumberOfRepetitions", 1);
        if (isUnresolvable(object.text("Host"))) {
            report(object, wanted, new int[0]);
            return object.state("Error_CannotResolveHostName");
        }
        int near = random.nextInt(4_000, 30_000);
        int[] micros = IntStream.range(0, wanted)
                .filter(i -> random.nextInt(LOSS_ONE_IN) > 0 || wanted == 1)
                .map(i -> near + random.nextInt(near / 2))
                .toArray();
        report(object, wanted, micros);
        return object.done();
    }

    static boolean isUnresolvable(String host) {
        return host.isEmpty() || host.endsWith(".invalid");
    }

    private static void report(DiagnosticObject object, int wanted, int[] micros) {
        object.put("SuccessCount", micros.length);
        object.put("FailureCount", wanted - micros.length);
        var times = IntStream.of(micros).summaryStatistics();
        int least = micros.length == 0 ? 0 : times.getMin();
        int most = micros.length == 0 ? 0 : times.getMax();
        int average = (int) times.getAverage();
        object.put("MinimumResponseTime", least / 1000);
        object.put("AverageResponseTime", average / 1000);
        object.put("MaximumResponseTime", most / 1000);
        object.put("MinimumResponseTimeDetailed", least);
        object.put("AverageResponseTimeDetailed", average);
        object.put("MaximumResponseTimeDetailed", most);
    }
}

package org.homeward.standalone.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A bar chart in SVG: how many sessions a CPU-second of the servers is good for, beside others. */
final class Picture {

    private static final int LEFT = 250;
    private static final int WIDTH = 760;
    private static final int ROW = 26;
    private static final int TOP = 56;
    private static final String OURS = "#1f6f5c";
    private static final String OTHERS = "#b8bec6";

    /** Measured by us with the same method; see docs/benchmark.md. */
    private static final List<Bar> COMPARED = List.of(
            new Bar("GenieACS, steady, no presets", 630, false),
            new Bar("GenieACS, steady, default presets", 180, false),
            new Bar("GenieACS, first contact", 32, false),
            new Bar("FreeACS, steady", 370, false),
            new Bar("FreeACS, first contact", 200, false));

    private record Bar(String name, double value, boolean ours) {}

    private final List<Bar> bars = new ArrayList<>();

    /** Adds a result of ours. */
    void add(SessionResult result) {
        bars.add(new Bar("Homeward, " + result.scenario(), result.sessionsPerCpuSecond(), true));
    }

    boolean isEmpty() {
        return bars.isEmpty();
    }

    String svg() {
        List<Bar> all = new ArrayList<>(bars);
        all.addAll(COMPARED);
        double longest = all.stream().mapToDouble(Bar::value).max().orElse(1);
        int height = TOP + all.size() * ROW + 20;
        StringBuilder svg = new StringBuilder();
        svg.append("""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="13" role="img">
                  <title>Sessions per CPU-second of all server processes</title>
                  <rect width="100%%" height="100%%" fill="#ffffff"/>
                  <text x="16" y="28" font-size="16" font-weight="bold" fill="#222222">Sessions per CPU-second of all server processes</text>
                """.formatted(WIDTH, height));
        for (int i = 0; i < all.size(); i++) {
            Bar bar = all.get(i);
            int y = TOP + i * ROW;
            double length = Math.max(2, bar.value() / longest * (WIDTH - LEFT - 80));
            svg.append(String.format(
                    Locale.ROOT,
                    """
                      <text x="%d" y="%d" text-anchor="end" fill="#222222">%s</text>
                      <rect x="%d" y="%d" width="%.1f" height="%d" fill="%s"/>
                      <text x="%.1f" y="%d" fill="#222222">%.0f</text>
                    """,
                    LEFT - 10,
                    y + 15,
                    bar.name(),
                    LEFT,
                    y + 2,
                    length,
                    ROW - 8,
                    bar.ours() ? OURS : OTHERS,
                    LEFT + length + 8,
                    y + 15,
                    bar.value()));
        }
        return svg.append("</svg>\n").toString();
    }
}

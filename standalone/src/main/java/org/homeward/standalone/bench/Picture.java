package org.homeward.standalone.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;

/** A result file as a picture in SVG: bars beside those of others, and how a storm went. */
final class Picture {

    private static final int WIDTH = 760;
    private static final int LEFT = 230;
    private static final int MARGIN = 24;
    private static final int ROW = 26;
    private static final int TITLE = 40;
    private static final int STORM_HEIGHT = 120;
    private static final String OURS = "#1f6f5c";
    private static final String OTHERS = "#b8bec6";
    private static final String REFUSED = "#d9822b";
    private static final String INK = "#222222";

    private final StringBuilder shapes = new StringBuilder();
    private int y = MARGIN / 2;

    private Picture() {}

    /** Empty if nothing was measured that can be drawn. */
    static String svg(JsonNode results) {
        Picture picture = new Picture();
        Comparison.of(results).forEach(picture::panel);
        JsonNode storm = results.path("storm").path("timeline");
        if (storm.size() > 1) {
            picture.storm(results.path("storm"), storm);
        }
        return picture.shapes.isEmpty() ? "" : picture.framed();
    }

    private void panel(Comparison.Panel panel) {
        title(panel.title());
        List<Comparison.Bar> bars = panel.bars();
        double longest = bars.stream().mapToDouble(Comparison.Bar::value).max().orElse(1);
        for (Comparison.Bar bar : bars) {
            double length = Math.max(2, bar.value() / longest * (WIDTH - LEFT - 80));
            text(LEFT - 10, y + 15, "end", INK, bar.name());
            rect(LEFT, y + 2, length, ROW - 8, bar.ours() ? OURS : OTHERS);
            text(LEFT + length + 8, y + 15, "start", INK, number(bar.value()));
            y += ROW;
        }
    }

    /** Sessions served and refused, second by second. */
    private void storm(JsonNode storm, JsonNode moments) {
        title(number(storm.path("devices").asDouble()) + " devices come back within "
                + number(storm.path("withinSeconds").asDouble()) + " s: sessions a second");
        text(WIDTH - 190, y - 14, "start", OURS, "served");
        text(WIDTH - 120, y - 14, "start", REFUSED, "refused (503)");
        double most = 1;
        for (JsonNode moment : moments) {
            most = Math.max(
                    most,
                    moment.path("served").asDouble() + moment.path("refused").asDouble());
        }
        int left = 70;
        double step = (double) (WIDTH - left - MARGIN) / moments.size();
        for (int i = 0; i < moments.size(); i++) {
            double served = moments.get(i).path("served").asDouble() / most * STORM_HEIGHT;
            double refused = moments.get(i).path("refused").asDouble() / most * STORM_HEIGHT;
            int floor = y + STORM_HEIGHT;
            rect(left + i * step, floor - served, step * 0.9, served, OURS);
            rect(left + i * step, floor - served - refused, step * 0.9, refused, REFUSED);
        }
        text(left - 8, y + 12, "end", INK, number(most));
        text(left - 8, y + STORM_HEIGHT, "end", INK, "0");
        y += STORM_HEIGHT + 18;
        text(left, y, "start", INK, "0 s");
        text(WIDTH - MARGIN, y, "end", INK, moments.size() + " s");
        y += MARGIN / 2;
    }

    private void title(String title) {
        y += TITLE;
        text(MARGIN, y - 14, "start", INK, title);
    }

    private void text(double x, double baseline, String anchor, String colour, String text) {
        shapes.append(String.format(
                Locale.ROOT,
                "  <text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"%s\">%s</text>%n",
                x,
                baseline,
                anchor,
                colour,
                text));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }

    private void rect(double x, double top, double width, double height, String colour) {
        shapes.append(String.format(
                Locale.ROOT,
                "  <rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>%n",
                x,
                top,
                width,
                height,
                colour));
    }

    private String framed() {
        int height = y + MARGIN;
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="13" role="img">
                  <title>What Homeward needs, beside others</title>
                  <rect width="100%%" height="100%%" fill="#ffffff"/>
                %s</svg>
                """.formatted(WIDTH, height, shapes);
    }
}

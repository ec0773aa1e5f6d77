package org.homeward.simulator.figures;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a run is expected to come to: a figure, a comparison and a bound, such as {@code failed=0}, {@code p99<500ms},
 * {@code refused<=5%}, {@code reached>=99%}.
 */
public final class Expectation {
    private static final Pattern FORM = Pattern.compile("([a-z0-9-]+)\\s*(<=|>=|=|<|>)\\s*(\\d+(?:\\.\\d+)?)(%|ms|s|)");
    private final String text;
    private final Figure figure;
    private final String comparison;
    private final double bound;
    private final boolean percent;

    private Expectation(String text, Figure figure, String comparison, double bound, boolean percent) {
        this.text = text;
        this.figure = figure;
        this.comparison = comparison;
        this.bound = bound;
        this.percent = percent;
    }

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException when it makes no sense; the message says why
     */
    public static Expectation parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "'" + text
                            + "' is no expectation; write a figure, one of = < <= > >=, and a bound: failed=0, p99<500ms, ok>=99%");
        }
        Figure figure = Figure.named(form.group(1))
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no figure '" + form.group(1) + "'; there are " + Figure.names()));
        String unit = form.group(4);
        boolean isTime = figure.unit == Figure.Unit.DURATION;
        if (isTime != (unit.equals("ms") || unit.equals("s"))) {
            throw new IllegalArgumentException(
                    isTime
                            ? figure.text() + " is a time; write its bound with ms or s, not '" + text + "'"
                            : figure.text() + " is no time; write its bound without ms or s, not '" + text + "'");
        }
        if (unit.equals("%") && figure.unit == Figure.Unit.COUNT) {
            throw new IllegalArgumentException(figure.text() + " is no share of anything, so it has no percentage");
        }
        double number = Double.parseDouble(form.group(3));
        return new Expectation(
                text, figure, form.group(2), unit.equals("s") ? number * 1000 : number, unit.equals("%"));
    }

    /** Why the run is not as expected; empty when it is. */
    public Optional<String> missedBy(RunFigures run) {
        if (figure.unit == Figure.Unit.DURATION && run.sessions().sessions() == 0) {
            return Optional.of("expected " + text + ", but no session ended");
        }
        double value = figure.of(run);
        if (percent) {
            long whole = figure.whole(run);
            if (whole == 0) {
                return Optional.of("expected " + text + ", but there was nothing to take a share of");
            }
            value = value * 100 / whole;
        }
        return holds(value)
                ? Optional.empty()
                : Optional.of("expected " + text + ", but " + figure.text() + " is " + shown(value));
    }

    private boolean holds(double value) {
        int order = Double.compare(value, bound);
        return switch (comparison) {
            case "=" -> order == 0;
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            case ">=" -> order >= 0;
            default -> throw new IllegalStateException("not a comparison: " + comparison);
        };
    }

    private String shown(double value) {
        String number =
                value == Math.rint(value) ? Long.toString((long) value) : String.format(Locale.ROOT, "%.2f", value);
        return number + (percent ? "%" : figure.unit == Figure.Unit.DURATION ? "ms" : "");
    }

    @Override
    public String toString() {
        return text;
    }
}

package org.homeward.simulator.figures;

import java.util.Arrays;
import java.util.List;

/** All that is expected of a run. */
public record Expectations(List<Expectation> all) {

    public Expectations {
        all = List.copyOf(all);
    }

    /**
     * Reads a list separated by commas, such as {@code failed=0,p99<500ms}.
     *
     * @throws IllegalArgumentException when it makes no sense; the message says why
     */
    public static Expectations parse(String list) {
        return new Expectations(Arrays.stream(list.split(",", -1))
                .map(text -> Expectation.parse(text.strip()))
                .toList());
    }

    /** What is not as expected, a sentence each; none for a run as it should be. */
    public List<String> missedBy(RunFigures run) {
        return all.stream().flatMap(e -> e.missedBy(run).stream()).toList();
    }
}
